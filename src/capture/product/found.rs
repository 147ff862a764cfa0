//! Which of the products that the nodes describe is the likeliest to be the page's own.

use super::Page;
use super::node::{all, any, said, tail, told};
use crate::interaction::Value;

/// How likely the page is that of a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// It is another page's, or no product at all.
    Elsewhere,
    /// It does not say whose page it is on.
    Unplaced,
    /// A group of variants, beside which each of its variants may stand.
    Group,
    /// It says that another page is its own, of another variant perhaps: this one bears its name, or an address nearly the same.
    Near,
    /// The page's heading is its name.
    Named,
    /// It says that this page is its own.
    Here,
    /// A group of variants that says so.
    OwnGroup,
    /// A page that only lists products, by its own word.
    Listing,
}

impl Rank {
    fn is_of_page(self) -> bool {
        (Rank::Near..=Rank::Here).contains(&self)
    }
}

/// What nodes have to say.
pub(super) struct Found<'a> {
    /// The rank of the likeliest product.
    pub(super) rank: Rank,
    /// The likeliest product, unless there are several.
    pub(super) main: Option<&'a Value>,
    /// Whether there is a recipe, an article or a place that may have borrowed a product for its stars.
    pub(super) has_other_subject: bool,
}

impl<'a> Found<'a> {
    pub(super) fn of(nodes: &'a [Value], page: &Page<'_>) -> Found<'a> {
        let mut found = Found { rank: Rank::Elsewhere, main: None, has_other_subject: false };
        nodes.iter().for_each(|node| found.collect(node, page, MAX_DEPTH));
        found
    }

    /// Looks at a node, at its top, in an array, in `@graph`, or as the `mainEntity` of a page. Never at what is related to another
    /// or an item of a list. The page may have written anything, so the way down is bounded by `depth`.
    fn collect(&mut self, node: &'a Value, page: &Page<'_>, depth: u32) {
        if depth == 0 {
            return;
        }
        let (mut rank, mut is_subject) = (Rank::Elsewhere, false);
        for name in all(node.get("@type")).iter().filter_map(Value::text).map(tail) {
            let ranks = TYPES.iter().filter(|(names, _)| any(names, &mut |one| name.eq_ignore_ascii_case(one)));
            rank = ranks.fold(rank, |rank, (_, other)| rank.max(*other));
            is_subject |= any(SUBJECTS, &mut |ending| name.ends_with(ending));
        }
        if rank == Rank::Elsewhere {
            self.has_other_subject |= is_subject;
            let inner = ["@graph", "mainEntity"].iter().filter_map(|name| said(node, name));
            node.items().iter().chain(inner).for_each(|inner| self.collect(inner, page, depth - 1));
            return;
        }
        let rank = if rank == Rank::Listing { rank } else { page.placed(node, rank) };
        let is_same = self.main.is_some_and(|main| is_same(main, node));
        // A variant's page is that of its group.
        match (self.rank, rank) {
            (former, Rank::Group) if is_same && former.is_of_page() => {
                (self.rank, self.main) = (Rank::OwnGroup, Some(node))
            }
            (Rank::Group, now) if is_same && now.is_of_page() => self.rank = Rank::OwnGroup,
            (former, now) if now > former => (self.rank, self.main) = (rank, Some(node)),
            (former, now) if now == former && !is_same => self.main = None,
            _ => {}
        }
    }
}

// A group and its variant have the group's number each by another name.
fn is_same(one: &Value, other: &Value) -> bool {
    let own = SHARED.map(|name| told(one, name));
    SHARED.iter().any(|name| {
        let value = told(other, name);
        !value.is_empty() && own.contains(&value)
    })
}

/// What two nodes of one product share.
const SHARED: [&str; 6] = ["@id", "name", "sku", "isVariantOf", "inProductGroupWithID", "productGroupID"];

/// How deep a product may lie in arrays, `@graph` and `mainEntity`.
const MAX_DEPTH: u32 = 16;

/// schema.org's products and listings.
const TYPES: &[(&str, Rank)] = &[
    ("Product|ProductModel|IndividualProduct|SomeProducts|DietarySupplement|Vehicle|Car|Motorcycle", Rank::Unplaced),
    ("ProductGroup", Rank::Group),
    ("CollectionPage|SearchResultsPage", Rank::Listing),
];

/// How the types of such subjects end that borrow a product for its stars.
const SUBJECTS: &str = "Recipe|Course|Article|Posting|HowTo|Event|Movie|Series|Application|Business|Restaurant";
