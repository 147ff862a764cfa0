//! Pages of a list, in the shape of Laravel's `LengthAwarePaginator`.

use serde_json::{Value, json};

/// A page of a list.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    /// From 1.
    pub number: u64,
    pub per_page: u64,
    /// How many items all pages have together.
    pub total: u64,
}

impl Page {
    /// The answer to a request for this page of the list at `path`.
    pub fn answer(self, data: Vec<Value>, path: &str) -> Value {
        let from = (self.number - 1) * self.per_page + 1;
        let shown = data.len() as u64;
        let (from, to) = if shown == 0 { (None, None) } else { (Some(from), Some(from + shown - 1)) };
        let url = |page: u64| format!("{path}?page={page}");
        let previous = (self.number > 1).then(|| url(self.number - 1));
        let next = (self.number < self.last()).then(|| url(self.number + 1));
        json!({
            "data": data,
            "links": { "first": url(1), "last": url(self.last()), "prev": previous, "next": next },
            "meta": {
                "current_page": self.number, "from": from, "last_page": self.last(),
                "links": self.links(previous.as_deref(), next.as_deref(), url), "path": path,
                "per_page": self.per_page, "to": to, "total": self.total,
            },
        })
    }

    fn last(self) -> u64 {
        self.total.div_ceil(self.per_page).max(1)
    }

    fn links(self, previous: Option<&str>, next: Option<&str>, url: impl Fn(u64) -> String) -> Vec<Value> {
        let link = |url: Option<&str>, label: &str| json!({ "url": url, "label": label, "active": false });
        let numbers = self.window().into_iter().map(|page| match page {
            Some(page) => json!({ "url": url(page), "label": page.to_string(), "active": page == self.number }),
            None => link(None, "..."),
        });
        let mut links = vec![link(previous, "&laquo; Previous")];
        links.extend(numbers);
        links.push(link(next, "Next &raquo;"));
        links
    }

    /// The pages that are linked, as Laravel's `UrlWindow` chooses them; `None` is a gap.
    fn window(self) -> Vec<Option<u64>> {
        let last = self.last();
        if last < 2 * ON_EACH_SIDE + 8 {
            return (1..=last).map(Some).collect();
        }
        let edge = ON_EACH_SIDE + 4;
        let parts = if self.number <= edge {
            vec![1..=edge + ON_EACH_SIDE, last - 1..=last]
        } else if self.number > last - edge {
            vec![1..=2, last - (edge + ON_EACH_SIDE - 1)..=last]
        } else {
            vec![1..=2, self.number - ON_EACH_SIDE..=self.number + ON_EACH_SIDE, last - 1..=last]
        };
        let mut pages: Vec<Option<u64>> =
            parts.into_iter().flat_map(|part| std::iter::once(None).chain(part.map(Some))).collect();
        pages.remove(0);
        pages
    }
}

const ON_EACH_SIDE: u64 = 3;

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(number: u64, last: u64) -> String {
        let page = Page { number, per_page: 1, total: last };
        let labels: Vec<String> =
            page.window().into_iter().map(|page| page.map_or("...".to_owned(), |page| page.to_string())).collect();
        labels.join(" ")
    }

    #[test]
    fn far_pages_are_left_out_as_laravel_leaves_them_out() {
        assert_eq!(labels(1, 0), "1");
        assert_eq!(labels(5, 13), "1 2 3 4 5 6 7 8 9 10 11 12 13");
        assert_eq!(labels(7, 20), "1 2 3 4 5 6 7 8 9 10 ... 19 20");
        assert_eq!(labels(8, 20), "1 2 ... 5 6 7 8 9 10 11 ... 19 20");
        assert_eq!(labels(13, 20), "1 2 ... 10 11 12 13 14 15 16 ... 19 20");
        assert_eq!(labels(14, 20), "1 2 ... 11 12 13 14 15 16 17 18 19 20");
        assert_eq!(labels(99, 20), "1 2 ... 11 12 13 14 15 16 17 18 19 20", "beyond the last");
    }
}
