//! The product that a page shows.

mod described;
mod found;
mod gtin;
mod name;
mod node;
mod place;

use crate::interaction::{Map, Value};
use described::describe;
use found::{Found, Rank};
use name::{contains, is_customers_own, names, relates};
use node::{any, first, said, text, told};
use place::{is_for_customers, is_variant_of, place};

/// What a page says of its products, and of itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Markup {
    /// For each kind of markup, schema.org's nodes, in the order in which they count.
    pub said: Vec<Vec<Value>>,
    /// The page's own address as it has it; empty where it has none.
    pub canonical: Box<str>,
    /// The kind of page that it says it is, as Open Graph has it; empty where it says none.
    pub kind: Box<str>,
    /// The page's only heading of the first rank; empty where it has none or several.
    pub heading: Box<str>,
    /// The ids in its attributes `data-omneo-…`, which win: `productId`, `variantId`, `categoryId`.
    pub explicit: Map,
}

/// The product that the page at `address` stands for: `name`, `sku`, `gtin` and `id`, which is the site's own number of it, and
/// Omneo's `productId`, `variantId` and `categoryId`. `None` where it shows no product, or several: a listing is no view of each
/// product on it.
///
/// An integer is one of Omneo's only where an attribute says so, or a `productID` that begins with `omneo:`, which is schema.org's
/// way of saying whose number it is (`isbn:123-456-789`). All others are the shop system's.
pub fn product(markup: &Markup, address: &str, title: &str) -> Option<Map> {
    let page = Page {
        places: [place(address), place(&markup.canonical)],
        heading: &markup.heading,
        title,
        is_article: markup.kind.ends_with("article"),
    };
    let mut product = page.product(&markup.said);
    // A category alone is no product.
    if markup.explicit.get("productId").is_some() {
        product.get_or_insert_default();
    }
    for (name, value) in markup.explicit.iter() {
        product.iter_mut().for_each(|product| product.set(name, value.clone()));
    }
    product
}

/// The page on which a product is looked for.
struct Page<'a> {
    /// Where it lies, and where it says that it does.
    places: [Vec<u8>; 2],
    heading: &'a str,
    title: &'a str,
    is_article: bool,
}

impl Page<'_> {
    fn product(&self, said: &[Vec<Value>]) -> Option<Map> {
        let found: Vec<Found<'_>> = said.iter().map(|nodes| Found::of(nodes, self)).collect();
        if found.iter().any(|found| found.rank == Rank::Listing) {
            return None;
        }
        let has_other_subject = self.is_article || found.iter().any(|found| found.has_other_subject);
        let mut meant = found.iter().filter_map(|found| {
            found.main.filter(|main| self.is_about(main, found.rank, has_other_subject)).map(describe)
        });
        let mut product = meant.next()?;
        // What has no name where it is described may have one beside.
        if product.get("name").is_none() {
            let beside = meant.find_map(|other| other.get("name").cloned());
            let heading = (!self.heading.is_empty()).then(|| self.heading.into());
            beside.or(heading).into_iter().for_each(|name| product.set("name", name));
        }
        Some(product)
    }

    /// How likely the page is the product's own. One that says of itself that its address is another is not, unless it bears the page's
    /// heading, or is another variant of what the page's address names.
    fn placed(&self, node: &Value, rank: Rank) -> Rank {
        let offers = || said(first(said(node, "offers")?), "url");
        let own = place(&text(said(node, "url").or_else(offers)));
        let name = told(node, "name");
        let is_named = !name.is_empty() && name.eq_ignore_ascii_case(self.heading);
        // An id, or the page of an entity, may be an address that is no page's.
        let is_here = || {
            self.is_at(&own)
                || own.is_empty()
                    && ["@id", "mainEntityOfPage"].iter().any(|name| self.is_at(&place(&told(node, name))))
        };
        match rank {
            Rank::Group if is_here() || is_named => Rank::OwnGroup,
            _ if is_here() => Rank::Here,
            _ if is_named => Rank::Named,
            _ if own.is_empty() => rank,
            _ if self.bears(&name) || self.places.iter().any(|page| is_variant_of(page, &own)) => Rank::Near,
            _ => Rank::Elsewhere,
        }
    }

    // Its heading names it, or where it has none its title; with more behind the name, such as a colour or the shop.
    fn bears(&self, name: &str) -> bool {
        let heading = if self.heading.is_empty() { self.title } else { self.heading };
        names(heading, name) || names(name, self.heading)
    }

    // The same page may be reached through a language, or through a category.
    fn is_at(&self, own: &[u8]) -> bool {
        let is_end = |page: &Vec<u8>| page.ends_with(own) || !page.is_empty() && own.ends_with(page);
        !own.is_empty() && self.places.iter().any(is_end)
    }

    /// Whether that product is what the page is about.
    fn is_about(&self, main: &Value, rank: Rank, has_other_subject: bool) -> bool {
        let is_bare = !any(OF_TRADE, &mut |property| said(main, property).is_some());
        let name = told(main, "name");
        // What is rated, and neither sold nor numbered, may be anything.
        if is_bare && (has_other_subject || is_customers_own(&name)) {
            return false;
        }
        let is_open_graph = main.get("@type").is_some_and(|kind| kind.is("og:product"));
        if is_open_graph && is_bare {
            // Many sites say so of every page.
            let is_home =
                self.places[0].is_empty() || said(main, "url").is_some_and(|url| place(&text(Some(url))).is_empty());
            let is_site = !self.title.starts_with(&*name) && self.title.ends_with(&*name);
            let is_heading = contains(self.heading, name.as_bytes()) || contains(&name, self.heading.as_bytes());
            return !is_home && !is_site && is_heading && !is_for_customers(&self.places[0]);
        }
        rank > Rank::Group
            || !is_for_customers(&self.places[0]) && (relates(&name, self.heading) || relates(&name, self.title))
    }
}

/// What only something has that is sold or numbered.
const OF_TRADE: &str = "offers|sku|mpn|isbn|gtin|gtin8|gtin12|gtin13|gtin14|productID|productGroupID|hasVariant";

#[cfg(test)]
mod tests;
