//! `npm run bench:corpora`: how many fields and texts of the corpora are decided as is wanted, for the half that was worked with and
//! the half that was held back. With `wrong` behind it, also which are not.

#[path = "../tests/corpora/judge.rs"]
mod judge;

fn main() {
    let tells_wrong = std::env::args().any(|argument| argument == "wrong");
    for (place, half) in ["to work with", "held back"].into_iter().enumerate() {
        println!("The half {half}:");
        for row in judge::fields(place).into_iter().chain(judge::texts(place)) {
            println!("{:>4} of {:>3}  {}", row.wrong.len(), row.all, row.what);
            for wrong in row.wrong.iter().filter(|_| tells_wrong) {
                println!("             {wrong}");
            }
        }
    }
}
