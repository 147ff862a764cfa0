// What a visitor does on the storefront, from the banner to the newsletter.

import { By } from "selenium-webdriver";

/** Signs in as Ada. */
export async function signIn(visitor, sandbox) {
  await visitor.open(sandbox.url("/account/"));
  await visitor.ready();
  await visitor.type("email", "ada@example.com");
  await visitor.type("password", "demo");
  await visitor.click("Sign in");
  await visitor.see(By.id("account"));
  await visitor.ready();
  // Whoever leaves before the token is there has logged in on the next page.
  await visitor.run("await omneo('flush')");
}

/** Views a category, a product and the client-side-routed lookbook, and subscribes to the newsletter. */
export async function browse(visitor) {
  await visitor.click("Dresses");
  await visitor.arrive("/dresses/");
  await visitor.ready();
  await visitor.press(By.css("a[href='/products/linen-wrap-dress.html']"));
  await visitor.arrive("/products/linen-wrap-dress.html");
  await visitor.ready();
  await visitor.click("Lookbook");
  await visitor.arrive("/lookbook/");
  await visitor.ready();
  await visitor.press(By.css("a[href='/lookbook/spring']"));
  await visitor.see(By.xpath("//h1[.='Spring']"));
  await visitor.type("newsletter-email", "someone@example.com");
  await visitor.click("Subscribe");
  await visitor.arrive("/newsletter/thanks.html");
  await visitor.ready();
}
