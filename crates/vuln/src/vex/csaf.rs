//! CSAF 2 (OASIS), whichever profile: `product_tree` names the products, `product_status` says what each is.
use std::collections::BTreeMap;

use serde_json::Value;

use super::{VexError, VexStatement, VexStatus};

/// Levels of branches inside branches.
const DEPTH_MAX: usize = 64;

/// Lists of `product_status` and what each means.
const STATUS: [(&str, VexStatus); 8] = [
    ("known_not_affected", VexStatus::NotAffected),
    ("known_affected", VexStatus::Affected),
    ("first_affected", VexStatus::Affected),
    ("last_affected", VexStatus::Affected),
    ("fixed", VexStatus::Fixed),
    ("first_fixed", VexStatus::Fixed),
    ("recommended", VexStatus::Fixed),
    ("under_investigation", VexStatus::UnderInvestigation),
];

/// What a product id stands for.
#[derive(Debug, Default, Clone)]
struct Product {
    purl: Option<String>,
    cpe: Option<String>,
    /// The product that it is a component of.
    within: Option<String>,
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn list<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    value.get(name).and_then(Value::as_array).into_iter().flatten()
}

pub(super) fn read(file: &str, document: &Value) -> Result<Vec<VexStatement>, VexError> {
    let products = products(file, document)?;
    let author = document.pointer("/document/publisher/name").and_then(Value::as_str).unwrap_or_default();
    let at = document
        .pointer("/document/tracking/current_release_date")
        .and_then(Value::as_str)
        .and_then(|text| text.parse().ok());
    let mut out = Vec::new();
    for vulnerability in list(document, "vulnerabilities") {
        let mut ids = vec![text(vulnerability, "cve").to_owned()];
        ids.extend(list(vulnerability, "ids").map(|id| text(id, "text").to_owned()));
        ids.retain(|id| !id.is_empty());
        for (name, status) in STATUS {
            let listed = vulnerability.get("product_status").map(|status| list(status, name));
            for id in listed.into_iter().flatten().filter_map(Value::as_str) {
                // A product that the tree does not name says nothing that could be matched.
                let Some(product) = products.get(id) else { continue };
                out.push(VexStatement {
                    ids: ids.clone(),
                    purl: product.purl.clone(),
                    product: product.within.clone(),
                    status,
                    justification: of_product(vulnerability, "flags", id).map(|flag| text(flag, "label").to_owned()),
                    statement: of_product(vulnerability, "threats", id)
                        .or_else(|| of_product(vulnerability, "remediations", id))
                        .map(|entry| text(entry, "details").to_owned())
                        .unwrap_or_default(),
                    author: author.to_owned(),
                    at,
                    file: file.to_owned(),
                });
            }
        }
    }
    Ok(out)
}

/// The first entry of a list that names the product.
fn of_product<'a>(vulnerability: &'a Value, name: &'a str, id: &'a str) -> Option<&'a Value> {
    list(vulnerability, name).find(|entry| list(entry, "product_ids").any(|product| product.as_str() == Some(id)))
}

fn products(file: &str, document: &Value) -> Result<BTreeMap<String, Product>, VexError> {
    let mut out = BTreeMap::new();
    let Some(tree) = document.get("product_tree") else { return Ok(out) };
    let add = |product: &Value, out: &mut BTreeMap<String, Product>| {
        let helper = product.get("product_identification_helper");
        let word = |name: &str| helper.and_then(|h| h.get(name)).and_then(Value::as_str).map(str::to_owned);
        // CSAF 2.1 has a list of purls.
        let purl = word("purl").or_else(|| {
            helper.and_then(|h| h.get("purls")).and_then(|l| l.get(0)).and_then(Value::as_str).map(str::to_owned)
        });
        out.insert(text(product, "product_id").to_owned(), Product { purl, cpe: word("cpe"), within: None });
    };
    for product in list(tree, "full_product_names") {
        add(product, &mut out);
    }
    let mut stack: Vec<(&Value, usize)> = list(tree, "branches").map(|branch| (branch, 0)).collect();
    while let Some((branch, depth)) = stack.pop() {
        if depth > DEPTH_MAX {
            return Err(VexError::new(file, format!("`product_tree.branches` nests deeper than {DEPTH_MAX} levels")));
        }
        if let Some(product) = branch.get("product") {
            add(product, &mut out);
        }
        stack.extend(list(branch, "branches").map(|inner| (inner, depth + 1)));
    }
    // A component of a platform: the purl is the component's, and the platform says where it holds.
    for relationship in list(tree, "relationships") {
        let Some(product) = relationship.get("full_product_name") else { continue };
        let component = out.get(text(relationship, "product_reference")).cloned().unwrap_or_default();
        let whole = text(relationship, "relates_to_product_reference");
        let platform = out.get(whole).cloned().unwrap_or_default();
        // One that cannot be named keeps its own id, which no target has: it holds nowhere.
        let within = platform.cpe.or(platform.purl).unwrap_or_else(|| whole.to_owned());
        out.insert(
            text(product, "product_id").to_owned(),
            Product { purl: component.purl, cpe: component.cpe, within: Some(within) },
        );
    }
    Ok(out)
}
