/// One thing that was added, removed or changed, with what it took along.
package struct ItemChange: Sendable, Hashable {
    /// What became of it.
    package enum Change: String, Sendable, Codable {
        /// It was not there.
        case added
        /// It is not there any more.
        case removed
        /// It is not what it was.
        case changed
    }

    /// What became of it.
    package var change: Change
    /// The thing as it is, or as it was where it is gone.
    package var item: InventoryItem
    /// The fields that differ; of something that changed only.
    package var fields: [FieldChange]
    /// How many things of each kind came or went inside it; of something that was added or removed only.
    package var contents: [InventoryKind: Int]

    /// Creates a value.
    package init(
        _ change: Change,
        _ item: InventoryItem,
        fields: [FieldChange] = [],
        contents: [InventoryKind: Int] = [:]
    ) {
        self.change = change
        self.item = item
        self.fields = fields
        self.contents = contents
    }
}
