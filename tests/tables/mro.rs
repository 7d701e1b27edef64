//! Method resolution orders of random classes.

use wordcode::machine::mro::linearize;

use crate::support::expected;

/// The numbers of the bases, and either the order or the message.
type Class = (Vec<usize>, Option<Vec<usize>>, Option<String>);

#[test]
fn classes_are_searched_in_cpythons_order() {
    let rows: Vec<Vec<Class>> = expected("mros");
    let mut errors = 0;
    for row in rows {
        let mut orders = vec![Some(vec![0])];
        for (bases, mro, message) in row {
            let bases: Vec<(usize, &[usize])> =
                bases.iter().map(|&base| (base, orders[base].as_deref().expect("it was made"))).collect();
            match linearize(orders.len(), &bases) {
                Ok(order) => assert_eq!(Some(order), mro),
                Err(error) => {
                    errors += 1;
                    let name =
                        |&class: &usize| if class == 0 { "object".to_owned() } else { format!("C{class}") };
                    assert_eq!(Some(error.message(name)), message);
                }
            }
            orders.push(mro);
        }
    }
    assert!(errors > 50);
}
