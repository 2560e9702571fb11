/// A list that is missing from an inventory, or not to be relied on, and why.
package struct InventoryGap: Sendable, Hashable, Codable {
    /// Why a list is missing.
    package enum Reason: String, Sendable, Codable {
        /// The instance does not have it: mostly since its tier lacks it.
        case notOffered
        /// The caller may not read it.
        case forbidden
        /// It changed while it was read, twice; what was read last is kept.
        case changing
        /// What it belongs to was gone when it was read.
        case gone
        /// An answer was larger than is read.
        case tooLarge
        /// Azure refused or failed it otherwise.
        case failed
        /// A reason of a newer release.
        case other
    }

    /// The path of the list.
    package var list: String
    /// Why.
    package var reason: Reason
    /// Azure's code, or what else tells more.
    package var detail: String?

    /// Creates a value.
    package init(list: String, reason: Reason, detail: String? = nil) {
        self.list = list
        self.reason = reason
        self.detail = detail
    }

    private enum CodingKeys: String, CodingKey { case list, reason, detail }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.list = try container.decode(String.self, forKey: .list)
        self.reason = Reason(rawValue: try container.decode(String.self, forKey: .reason)) ?? .other
        self.detail = try container.decodeIfPresent(String.self, forKey: .detail)
    }
}
