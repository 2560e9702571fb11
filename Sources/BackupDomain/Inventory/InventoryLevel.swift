/// How much of what lies in an instance is read when it is backed up.
package enum InventoryLevel: String, Sendable, Codable, CaseIterable {
    /// Nothing.
    case off
    /// Every list of the instance, and of each API and product what lies in it, but no policies of single operations.
    case names
    /// Also the releases of APIs, what other revisions hold, and the policy of each operation: one call more an operation.
    case full
}
