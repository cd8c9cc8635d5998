//! Detects RSA keys that Infineon's chips made until 2017, which can be factored (CVE-2017-15361, "ROCA").

/// A vulnerable modulus is a power of 65537 modulo each small prime. These are the primes below 168 that have other
/// residues, too. One sound key in 200 million looks vulnerable.
const PRIMES: [u64; 17] = [11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157];

/// Whether a big-endian modulus has the form of a vulnerable one.
pub(super) fn is_factorable(modulus: &[u8]) -> bool {
    PRIMES.iter().all(|&prime| is_power(residue(modulus, prime), prime))
}

fn residue(modulus: &[u8], prime: u64) -> u64 {
    modulus.iter().fold(0, |residue, byte| (residue * 256 + u64::from(*byte)) % prime)
}

fn is_power(residue: u64, prime: u64) -> bool {
    let powers = std::iter::successors(Some(1), |power| Some(power * 65537 % prime));
    powers.take(prime as usize).any(|power| power == residue)
}

#[cfg(test)]
mod tests {
    use super::{PRIMES, is_factorable, is_power, residue};

    #[test]
    fn residues_of_long_numbers_are_right() {
        assert_eq!(residue(&[1, 0, 0], 11), 65536 % 11);
        assert_eq!(residue(&[0xff; 256], 17), 0);
    }

    #[test]
    fn the_primes_are_those_with_other_residues() {
        let is_prime = |number: &u64| (2..*number).all(|divisor| !number.is_multiple_of(divisor));
        let powers = |prime: u64| (0..prime).filter(move |residue| is_power(*residue, prime));
        assert_eq!(powers(11).collect::<Vec<_>>(), [1, 10]);
        assert_eq!(powers(37).collect::<Vec<_>>(), [1, 10, 26]);
        let primes = (2..168).filter(is_prime).filter(|prime| (powers(*prime).count() as u64) < prime - 1);
        assert_eq!(primes.collect::<Vec<_>>(), PRIMES);
    }

    #[test]
    fn every_prime_counts() {
        assert!(is_factorable(&[1]));
        assert!(is_factorable(&65537_u32.to_be_bytes()));
        for prime in PRIMES {
            assert!(!is_factorable(&[prime as u8]), "{prime}");
        }
        assert!(!is_factorable(&[2]));
    }
}
