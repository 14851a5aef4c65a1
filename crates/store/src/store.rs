use std::collections::HashMap;

use casemate_estate::{Change, Exemption, Finding, FindingKey, ResourceId, Snapshot, Suppression, Timestamp};

use crate::{
    Acceptance, DiffFilter, Direction, EdgeRecord, FacetRecord, FindingCounts, FindingEvent, FindingFilter,
    HistoryEntry, MissingFacet, NewAcceptance, NewExemption, NewSuppression, OutboxRow, Page, Remembered,
    ResourceFilter, ResourceRecord, ScanCommit, ScanReceipt, ScanRecord, StoreError,
};

/// Keeps what scans found. [`crate::store_contract`] says what every backend must do.
///
/// Every method gives [`StoreError`] where the backend fails; each says which other errors it gives.
pub trait Store: Send {
    /// Keeps a scan whole, or not at all: resources, facet versions, edges, findings, events and outbox rows.
    ///
    /// - A resource of the target that was not observed is gone only where every listing of its scope and kind
    ///   in the snapshot was collected, and there is one. Its edges and facets end and its open findings are resolved.
    /// - A facet's version ends when status, reason or hash change, or the resource is observed without the facet.
    /// - An edge ends when the resource it starts at was observed without it, and all facets of that resource were
    ///   collected or are unsupported.
    /// - A failure that was exempted at the commit before, and is not now, is reopened.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] where `commit` contradicts itself; nothing is kept then.
    fn scan_commit(&mut self, commit: &ScanCommit<'_>) -> Result<ScanReceipt, StoreError>;

    /// The latest scans first.
    ///
    /// # Errors
    /// As the trait says.
    fn scan_list(&self, target: Option<&str>, page: Page) -> Result<Vec<ScanRecord>, StoreError>;

    /// The latest scan of `target`, or of anything where it is none.
    ///
    /// # Errors
    /// As the trait says.
    fn scan_latest(&self, target: Option<&str>) -> Result<Option<ScanRecord>, StoreError>;

    /// The scan before the latest one of the same target: its `at` is the `since` of "what did the last scan change".
    /// Where `target` is none, the target is that of the latest scan of all.
    ///
    /// # Errors
    /// As the trait says.
    fn scan_previous(&self, target: Option<&str>) -> Result<Option<ScanRecord>, StoreError>;

    /// The last verdicts on the present resources of `target`.
    ///
    /// # Errors
    /// As the trait says.
    fn verdict_previous(&self, target: &str) -> Result<HashMap<FindingKey, Remembered>, StoreError>;

    /// What is known of the present resources of `target`, with their facets in force (`at` is when that value was first
    /// read) and the relations that start or end at them; no listings. None where it was never scanned.
    ///
    /// # Errors
    /// As the trait says.
    fn snapshot_latest(&self, target: &str) -> Result<Option<Snapshot>, StoreError>;

    /// Resources in the order of their ids.
    ///
    /// # Errors
    /// As the trait says.
    fn resource_list(&self, filter: &ResourceFilter, page: Page) -> Result<Vec<ResourceRecord>, StoreError>;

    /// One resource, present or gone.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where no scan saw it.
    fn resource_get(&self, id: &ResourceId) -> Result<ResourceRecord, StoreError>;

    /// The facets of a resource now, or at a time, in the order of their names.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where no scan saw the resource.
    fn facet_list(&self, id: &ResourceId, at: Option<Timestamp>) -> Result<Vec<FacetRecord>, StoreError>;

    /// The facets that were not collected, of present resources, now or at a time: what judges of that time did not
    /// know. In the order of resource and facet.
    ///
    /// # Errors
    /// As the trait says.
    fn facet_missing(&self, target: Option<&str>, at: Option<Timestamp>) -> Result<Vec<MissingFacet>, StoreError>;

    /// The edges of a resource now, or at a time.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where no scan saw the resource and no edge names it.
    fn edge_list(
        &self,
        id: &ResourceId,
        direction: Direction,
        at: Option<Timestamp>,
    ) -> Result<Vec<EdgeRecord>, StoreError>;

    /// All that happened to a resource, oldest first.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where no scan saw it.
    fn resource_history(&self, id: &ResourceId) -> Result<Vec<HistoryEntry>, StoreError>;

    /// The differences between two times, in the order of resource, facet and pointer.
    ///
    /// A facet that cannot be read at one end is a change of readability there; its last value before that end
    /// stands in for it, so a value that changed while it could not be read is a difference too.
    ///
    /// # Errors
    /// As the trait says.
    fn estate_diff(&self, filter: &DiffFilter) -> Result<Vec<Change>, StoreError>;

    /// Findings: highest risk first, then highest severity, then in the order of check and resource.
    ///
    /// # Errors
    /// As the trait says.
    fn finding_list(&self, filter: &FindingFilter, page: Page) -> Result<Vec<Finding>, StoreError>;

    /// One finding; `id` may be the start of an id, with or without `f-`.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where there is none; [`StoreError::Ambiguous`] where several ids start so.
    fn finding_get(&self, id: &str, now: Timestamp) -> Result<Finding, StoreError>;

    /// The changes of a finding, oldest first; `id` as for [`Store::finding_get`].
    ///
    /// # Errors
    /// As [`Store::finding_get`].
    fn finding_events(&self, id: &str) -> Result<Vec<FindingEvent>, StoreError>;

    /// How many findings match. `include_exempted` and `include_suppressed` are taken as true.
    ///
    /// # Errors
    /// As the trait says.
    fn finding_counts(&self, filter: &FindingFilter) -> Result<FindingCounts, StoreError>;

    /// Makes an exemption, `e-` and a number.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] where a text is empty or it ends before it begins.
    fn exemption_add(&mut self, new: &NewExemption, now: Timestamp) -> Result<Exemption, StoreError>;

    /// Exemptions that were not removed, expired ones included, oldest first.
    ///
    /// # Errors
    /// As the trait says.
    fn exemption_list(&self) -> Result<Vec<Exemption>, StoreError>;

    /// Ends an exemption. Failures that nothing else covers are reopened at once.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where there is none of this id.
    fn exemption_remove(&mut self, id: &str, now: Timestamp) -> Result<Exemption, StoreError>;

    /// Makes a suppression, `s-` and a number. It hides nothing before [`Store::suppression_refresh`] or a scan.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] where a text is empty or it ends before it begins.
    fn suppression_add(&mut self, new: &NewSuppression, now: Timestamp) -> Result<Suppression, StoreError>;

    /// Suppressions that were not removed, expired ones included, oldest first.
    ///
    /// # Errors
    /// As the trait says.
    fn suppression_list(&self) -> Result<Vec<Suppression>, StoreError>;

    /// Ends a suppression; what it hid is shown at once.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where there is none of this id.
    fn suppression_remove(&mut self, id: &str, now: Timestamp) -> Result<Suppression, StoreError>;

    /// Accepts values of facets, all or none of them; each ends what was accepted before for its resource and facet.
    /// Gives how many.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where no scan saw a resource; [`StoreError::Invalid`] where a facet or author is empty.
    fn acceptance_add(&mut self, new: &[NewAcceptance], now: Timestamp) -> Result<u64, StoreError>;

    /// What is accepted, of resources of `target` or of all, in the order of resource and facet. Resources that are gone
    /// are among them.
    ///
    /// # Errors
    /// As the trait says.
    fn acceptance_list(&self, target: Option<&str>) -> Result<Vec<Acceptance>, StoreError>;

    /// Ends what is accepted of a resource, or of one facet of it. Gives how many values.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where nothing is accepted of it.
    fn acceptance_remove(&mut self, id: &ResourceId, facet: Option<&str>, now: Timestamp) -> Result<u64, StoreError>;

    /// Asks `suppress` for every finding anew and gives the number of findings that are hidden now.
    ///
    /// # Errors
    /// As the trait says.
    fn suppression_refresh(
        &mut self,
        now: Timestamp,
        suppress: &dyn Fn(&Finding) -> Option<String>,
    ) -> Result<u64, StoreError>;

    /// At most `limit` outbox rows after the row `after`; 0 begins at the start.
    ///
    /// # Errors
    /// As the trait says.
    fn outbox_read(&self, after: i64, limit: usize) -> Result<Vec<OutboxRow>, StoreError>;

    /// Forgets the rows up to and with `through`, which every reader has taken; gives their number.
    ///
    /// # Errors
    /// As the trait says.
    fn outbox_trim(&mut self, through: i64) -> Result<u64, StoreError>;

    /// Reads the whole store and names what is damaged; empty where it is sound. Slow on a large store.
    ///
    /// # Errors
    /// As the trait says.
    fn store_verify(&self) -> Result<Vec<String>, StoreError>;
}
