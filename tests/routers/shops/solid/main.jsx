// Solid Router with titles by @solidjs/meta: each page has its own, and one has it when the server has answered.
// The HTML has none: the first one of a page counts, and this adds its own at the end.

import { MetaProvider, Title } from "@solidjs/meta";
import { A, Route, Router, useParams } from "@solidjs/router";
import { createResource, Show } from "solid-js";
import { render } from "solid-js/web";

const Page = ({ name }) => (
  <>
    <Title>{name} – Acme</Title>
    <h1>{name}</h1>
  </>
);

function Stores() {
  const [stores] = createResource(async () => (await fetch("/slow")).text());
  return (
    <>
      <Show when={!stores.loading}>
        <Title>Stores – Acme</Title>
      </Show>
      <h1>Stores</h1>
    </>
  );
}

function Product() {
  const { id } = useParams();
  return <Page name={{ dress: "Linen wrap dress" }[id]} />;
}

// Not taken apart: what is in a provider must be asked for within it.
const Frame = (props) => (
  <MetaProvider>
    <nav>
      <A id="home" href="/">home</A>
      <A id="stores" href="/stores">stores</A>
      <A id="dress" href="/products/dress">dress</A>
      <A id="journal" href="/journal">journal</A>
      <A id="about" href="/about">about</A>
    </nav>
    <main>{props.children}</main>
  </MetaProvider>
);

render(
  () => (
    <Router root={Frame}>
      <Route path="/" component={() => <Page name="Home" />} />
      <Route path="/stores" component={Stores} />
      <Route path="/products/:id" component={Product} />
      <Route path="/journal" component={() => <Page name="Journal" />} />
      <Route path="/about" component={() => <Page name="About us" />} />
    </Router>
  ),
  document.getElementById("app"),
);
