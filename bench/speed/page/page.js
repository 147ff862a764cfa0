// The site's own script: a list of products and a bag. What goes into the bag is recorded, where there is a tracker.

const NAMES = ["Linen wrap dress", "Harbour cardigan", "Field boots", "Merino crew", "Garden clogs", "Lambswool vest"];

const cards = Array.from({ length: 24 }, (_, at) => {
  const card = document.createElement("article");
  const [name, price] = [document.createElement("h2"), document.createElement("p")];
  name.textContent = `${NAMES[at % NAMES.length]} ${at + 1}`;
  price.textContent = `${40 + ((at * 7) % 90)} EUR`;
  card.append(name, price);
  return card;
});
document.getElementById("products").append(...cards);

let bag = 0;
document.getElementById("bag").addEventListener("click", () => {
  bag += 1;
  document.getElementById("count").textContent = `${bag}`;
  window.record?.(bench.product(bag));
});
