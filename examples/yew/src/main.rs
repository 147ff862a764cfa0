mod omneo;

use omneo::{OmneoProvider, use_omneo, warn};
use omneo_interactions::app::{Consent, ProductView};
use yew::prelude::*;
use yew_router::prelude::*;

#[derive(Clone, PartialEq, Routable)]
enum Route {
    #[at("/")]
    Home,
    #[at("/dress")]
    Dress,
}

#[component]
fn App() -> Html {
    html! {
        <OmneoProvider>
            <BrowserRouter>
                <Ask />
                <Switch<Route> render={page} />
            </BrowserRouter>
        </OmneoProvider>
    }
}

fn page(route: Route) -> Html {
    match route {
        Route::Home => html! { <Home /> },
        Route::Dress => html! { <Product id={1001} name="Linen wrap dress" /> },
    }
}

/// A view is called after the page's title, so each page has one of its own.
#[hook]
fn use_title(title: &str) {
    use_effect_with(title.to_owned(), |title| gloo_utils::document().set_title(title));
}

#[component]
fn Home() -> Html {
    use_title("Acme");
    html! { <Link<Route> to={Route::Dress}>{ "Linen wrap dress" }</Link<Route>> }
}

#[component]
fn Ask() -> Html {
    let omneo = use_omneo();
    let agree = move |_| omneo.consent(Consent::Granted);
    html! { <button onclick={agree}>{ "Convenient: remember what I look at" }</button> }
}

#[derive(PartialEq, Properties)]
struct ProductProps {
    id: u64,
    name: AttrValue,
}

#[component]
fn Product(ProductProps { id, name }: &ProductProps) -> Html {
    let omneo = use_omneo();
    use_title(name);
    use_effect_with((*id, name.clone()), move |(id, name)| {
        omneo.product_view(ProductView::new().product_id(*id).name(name)).unwrap_or_else(warn);
    });
    html! { <h1>{ name }</h1> }
}

fn main() {
    yew::Renderer::<App>::new().render();
}
