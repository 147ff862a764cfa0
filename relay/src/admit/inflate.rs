//! A compressed body, inflated as far as it may.

use flate2::read::MultiGzDecoder;
use std::io::Read;

/// How a body is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// As it is.
    Identity,
    /// gzip (RFC 1952).
    Gzip,
}

/// Why a body is not taken.
#[derive(Debug, PartialEq, Eq)]
pub enum TooLarge {
    /// It has more bytes than it may.
    Yes,
    /// It is not what it says.
    Broken,
}

/// The body as it was before it was compressed. It takes no more memory than `most` bytes.
///
/// # Errors
/// Where it has more, or is no gzip.
pub fn inflate(body: Vec<u8>, encoding: Encoding, most: usize) -> Result<Vec<u8>, TooLarge> {
    if encoding == Encoding::Identity {
        return if body.len() > most { Err(TooLarge::Yes) } else { Ok(body) };
    }
    let mut inflated = Vec::with_capacity((body.len() * 4).min(most));
    let mut bounded = MultiGzDecoder::new(body.as_slice()).take(most as u64 + 1);
    bounded.read_to_end(&mut inflated).map_err(|_| TooLarge::Broken)?;
    if inflated.len() > most { Err(TooLarge::Yes) } else { Ok(inflated) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use std::io::Write;

    fn gzip(body: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(body).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn what_is_small_comes_out_as_it_went_in() {
        assert_eq!(inflate(gzip(b"[1]"), Encoding::Gzip, 3).unwrap(), b"[1]");
        assert_eq!(inflate(b"[1]".to_vec(), Encoding::Identity, 3).unwrap(), b"[1]");
    }

    #[test]
    fn a_bomb_stops_at_the_bound() {
        let bomb = gzip(&vec![0; 64 << 20]);
        assert!(bomb.len() < 1 << 20);
        assert_eq!(inflate(bomb, Encoding::Gzip, 2 << 20), Err(TooLarge::Yes));
        assert_eq!(inflate(b"[1]".to_vec(), Encoding::Identity, 2), Err(TooLarge::Yes));
    }

    #[test]
    fn what_is_no_gzip_is_broken() {
        assert_eq!(inflate(b"[1]".to_vec(), Encoding::Gzip, 9), Err(TooLarge::Broken));
        let half = gzip(b"[1,2,3]");
        assert_eq!(inflate(half[..half.len() - 4].to_vec(), Encoding::Gzip, 9), Err(TooLarge::Broken));
    }
}
