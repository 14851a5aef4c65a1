//! The words in which a service is described: calls, facets, kinds and links. A file of `service/` holds nothing but
//! such tables; the engine alone knows how to make calls.
//!
//! **Paths** (`at`, `each`): field names joined by dots, `[]` after a list: `Reservations[].Instances[]`.
//!
//! **Templates** (`id`, `params`, `path`, `to`): text with fields in braces, filled from the item that is at hand:
//!
//! | field | means |
//! | --- | --- |
//! | `{A.B}` | a field of the list's item |
//! | `{}` | the item itself, where it is a text |
//! | `{^A.B}` | a field of the parent's item, for kinds with a `parent` |
//! | `{@facet.A.B}` | a field of a facet of the same resource that stands earlier in the table |
//! | `{.account}` `{.region}` `{.partition}` | of the scope |
//! | `{.id}` `{.name}` | of the resource; `{^.id}` `{^.name}` of its parent |
//! | `{A\|last}` | what stands behind the last `/` or `:` |
//! | `{A\|base}` | what stands behind the last `/` |
//! | `{A\|lower}` | in lower case |
//! | `{A\|bare}` | without slashes at its start |
//! | `{A\|starts=i-}` | itself where it begins so, else undefined |
//!
//! A field that is not there makes the template undefined: a call with one is not made and its facet is `failed`.
use serde_json::{Map, Value};

/// How a service speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Protocol {
    /// Form body with `Action` and `Version`, XML back (IAM, RDS, SNS …).
    Query {
        /// `Version` of the API.
        version: &'static str,
    },
    /// The same with EC2's ways: lists as `Name.1`, XML names that begin small.
    Ec2 {
        /// `Version` of the API.
        version: &'static str,
    },
    /// JSON body with `X-Amz-Target`.
    Json {
        /// What stands before the dot: `DynamoDB_20120810`.
        target: &'static str,
        /// `1.0` or `1.1`.
        version: &'static str,
    },
    /// Methods and paths, JSON bodies.
    RestJson,
    /// Methods and paths, XML bodies.
    RestXml,
}

/// Where a service lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// In each region.
    Regional,
    /// Once for an account, asked at the partition's home region.
    Global,
}

/// One service: one file of `service/`.
#[derive(Debug)]
pub(crate) struct Service {
    /// The name by which requests are signed, which is also the one in its ARNs mostly: `sqs`, `elasticloadbalancing`.
    pub(crate) name: &'static str,
    /// What stands before the region in its host name: `sqs`, `api.ecr`, `s3-control`.
    pub(crate) endpoint: &'static str,
    /// The name of CloudTrail's `eventSource` without `.amazonaws.com`: `sqs`, `monitoring`.
    pub(crate) event_source: &'static str,
    /// How it speaks.
    pub(crate) protocol: Protocol,
    /// Where it lives.
    pub(crate) reach: Reach,
    /// What it holds. A kind with a `parent` stands behind it.
    pub(crate) kinds: &'static [Kind],
    /// Facets that it gives to the resource `aws.account` (Global) or `aws.account_region` (Regional).
    pub(crate) scope_facets: &'static [Facet],
}

/// One call of an API.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Call {
    /// The operation: `GetQueueAttributes`.
    pub(crate) name: &'static str,
    /// The IAM action that permits it: `sqs:GetQueueAttributes`.
    pub(crate) permission: &'static str,
    /// REST only: method and path template with its query, `GET /{}?policy`. Values are percent-encoded on filling.
    pub(crate) path: &'static str,
    /// Parameters and value templates. A value that begins with `=` is a JSON literal: `=100`, `=["All"]`.
    /// REST: the JSON body of a POST.
    pub(crate) params: &'static [(&'static str, &'static str)],
    /// How the rest of a long answer is had.
    pub(crate) page: Page,
    /// Where in the answer the items (of a list) or the value (of a facet) stand; empty for all of it.
    pub(crate) at: &'static str,
    /// What the answer looks like, in the notation of `shape`.
    pub(crate) shape: &'static str,
    /// Error codes that mean "nothing is set": the facet is collected, its `present` false. Where the code alone says too
    /// little, `CODE: WORDS` asks for the beginning of its message as well; so in the two lists below.
    pub(crate) none: &'static [&'static str],
    /// Error codes that mean "the service is not in use or not offered here": `unsupported`; a list is empty.
    pub(crate) unused: &'static [&'static str],
    /// Error codes that mean that the resource went away while we read: it is left out.
    pub(crate) gone: &'static [&'static str],
    /// The one region of the partition `aws` that answers it; that of the scope or resource where empty.
    pub(crate) region: &'static str,
}

impl Call {
    /// A call without parameters whose whole answer is wanted.
    pub(crate) const fn new(name: &'static str, permission: &'static str) -> Self {
        Self {
            name,
            permission,
            path: "",
            params: &[],
            page: Page::One,
            at: "",
            shape: "",
            none: &[],
            unused: &[],
            gone: &[],
            region: "",
        }
    }
    pub(crate) const fn path(mut self, path: &'static str) -> Self {
        self.path = path;
        self
    }
    pub(crate) const fn params(mut self, params: &'static [(&'static str, &'static str)]) -> Self {
        self.params = params;
        self
    }
    pub(crate) const fn page(mut self, page: Page) -> Self {
        self.page = page;
        self
    }
    /// Pages by `token` in both directions, the commonest way.
    pub(crate) const fn token(self, token: &'static str) -> Self {
        self.page(Page::Token { get: token, send: token })
    }
    pub(crate) const fn at(mut self, at: &'static str) -> Self {
        self.at = at;
        self
    }
    pub(crate) const fn shape(mut self, shape: &'static str) -> Self {
        self.shape = shape;
        self
    }
    pub(crate) const fn none(mut self, codes: &'static [&'static str]) -> Self {
        self.none = codes;
        self
    }
    pub(crate) const fn unused(mut self, codes: &'static [&'static str]) -> Self {
        self.unused = codes;
        self
    }
    pub(crate) const fn gone(mut self, codes: &'static [&'static str]) -> Self {
        self.gone = codes;
        self
    }
    pub(crate) const fn region(mut self, region: &'static str) -> Self {
        self.region = region;
        self
    }
}

/// How the rest of a long answer is had. Pages are merged: lists are joined, maps united.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Page {
    /// There is no rest.
    One,
    /// The answer's field `get` (a path) is sent as parameter `send`, until it is absent or empty. For REST, `send` is a
    /// query parameter of a GET and a field of the body of a POST.
    Token {
        /// Path in the answer.
        get: &'static str,
        /// Parameter of the next request.
        send: &'static str,
    },
}

/// One kind of resource.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kind {
    /// `aws.sqs.queue`.
    pub(crate) kind: &'static str,
    /// The call that names all; made once a scope, or once for each parent.
    pub(crate) list: Call,
    /// The kind whose resources hold these: the list is called for each, with `{^…}` in its parameters.
    pub(crate) parent: Option<&'static str>,
    /// Whether an item is one of these; all where none.
    pub(crate) keep: Option<fn(&Value) -> bool>,
    /// Template of the global id, an ARN wherever there is one.
    pub(crate) id: &'static str,
    /// Template of what people call it.
    pub(crate) name: &'static str,
    /// The region of the resource where it is not that of the scope (S3): from item and facets read so far.
    pub(crate) region: Option<fn(&Subject<'_>) -> Option<String>>,
    /// Its facets, in the order of reading.
    pub(crate) facets: &'static [Facet],
    /// Its relations.
    pub(crate) links: &'static [Link],
}

impl Kind {
    /// A kind without facets, listed once a scope.
    pub(crate) const fn new(kind: &'static str, list: Call, id: &'static str, name: &'static str) -> Self {
        Self { kind, list, parent: None, keep: None, id, name, region: None, facets: &[], links: &[] }
    }
    pub(crate) const fn parent(mut self, kind: &'static str) -> Self {
        self.parent = Some(kind);
        self
    }
    pub(crate) const fn keep(mut self, keep: fn(&Value) -> bool) -> Self {
        self.keep = Some(keep);
        self
    }
    pub(crate) const fn region(mut self, region: fn(&Subject<'_>) -> Option<String>) -> Self {
        self.region = Some(region);
        self
    }
    pub(crate) const fn facets(mut self, facets: &'static [Facet]) -> Self {
        self.facets = facets;
        self
    }
    pub(crate) const fn links(mut self, links: &'static [Link]) -> Self {
        self.links = links;
        self
    }
}

/// A named part of a resource.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Facet {
    /// `policy`, `encryption`.
    pub(crate) name: &'static str,
    /// Where it comes from.
    pub(crate) from: From,
}

/// Where a facet comes from. Its value is always an object: a list found at a call's `at` becomes `{"items": […]}`, a
/// scalar `{"value": …}`; a call with `none` codes adds `present`.
#[derive(Debug, Clone, Copy)]
pub(crate) enum From {
    /// The list's item itself (kinds only): costs nothing.
    Item,
    /// A call for each resource (or one for the scope, in `scope_facets`).
    Each(Call),
    /// A call for up to `size` resources together; each finds itself in the answer by its key.
    Batch {
        /// The call; the list of keys is sent as `param`.
        call: Call,
        /// Parameter that takes the list of keys.
        param: &'static str,
        /// Template of a resource's key.
        key: &'static str,
        /// Field of an item of the answer that holds the key.
        answer: &'static str,
        /// Most keys of one call.
        size: usize,
    },
    /// One call a scope, whose items are dealt out by key: the facet is `{"items": […]}`, empty where none fits.
    Join {
        /// The call.
        call: Call,
        /// Template of a resource's key.
        key: &'static str,
        /// Path in an item of the answer that holds the key, or a list of keys.
        answer: &'static str,
    },
    /// One call for each item at a path in an earlier facet of the same resource, gathered in `{"items": […]}`, each
    /// with the item under `of`. For sub-resources that are not resources of their own.
    EachOf {
        /// The call; `{}` and `{A}` mean the item at `each`.
        call: Call,
        /// Facet and path: `@item.Listeners[]`.
        each: &'static str,
    },
    /// Made from earlier facets of the resource (named in `needs`) and from whole lists of other calls (`lists`, made
    /// once a scope). The closure's value is the facet; an `Err` makes it `failed`.
    Derived {
        /// Facets of the same resource; one that is not collected passes its status on.
        needs: &'static [&'static str],
        /// Calls of the same service and scope, whose merged answers are handed over in this order.
        lists: &'static [Call],
        /// The maker: subject and answers.
        make: fn(&Subject<'_>, &[&Value]) -> Result<Value, String>,
        /// What the value looks like, in the notation of `shape`.
        shape: &'static str,
    },
}

/// The resource at hand: for closures in tables.
#[derive(Debug)]
pub(crate) struct Subject<'a> {
    /// `aws`, `aws-cn`, `aws-us-gov` …
    pub(crate) partition: &'a str,
    /// Twelve digits.
    pub(crate) account: &'a str,
    /// Of the scope.
    pub(crate) region: &'a str,
    /// The resource's id; empty while it is being made.
    pub(crate) id: &'a str,
    /// The resource's name; empty while it is being made.
    pub(crate) name: &'a str,
    /// The list's item.
    pub(crate) item: &'a Value,
    /// The parent's item, `null` where there is none.
    pub(crate) parent: &'a Value,
    /// The parent's id, empty where there is none.
    pub(crate) parent_id: &'a str,
    /// The parent's name, empty where there is none.
    pub(crate) parent_name: &'a str,
    /// Facets collected so far.
    pub(crate) facets: &'a Map<String, Value>,
}

/// A relation that a resource's facets state. Edges `contains` from account and region to each resource, and from
/// parent to child, are made by the engine.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Link {
    /// The relation.
    pub(crate) edge: casemate_estate::EdgeKind,
    /// Facet and path of the texts: `item.SecurityGroups[].GroupId` (`item` is the list's item, always there).
    pub(crate) each: &'static str,
    /// Template of the other end's id; `{}` is the text. A text that is an ARN already is taken as it is.
    pub(crate) to: &'static str,
    /// Whether the edge goes from the other end to this resource.
    pub(crate) reverse: bool,
}

impl Link {
    /// An edge from this resource to what the texts name.
    pub(crate) const fn new(edge: casemate_estate::EdgeKind, each: &'static str, to: &'static str) -> Self {
        Self { edge, each, to, reverse: false }
    }
    /// The other way round.
    pub(crate) const fn reversed(mut self) -> Self {
        self.reverse = true;
        self
    }
}
