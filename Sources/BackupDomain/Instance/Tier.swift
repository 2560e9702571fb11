/// The pricing tier of an API Management instance, by Azure's name; names that we do not know are kept.
///
/// Source: <https://learn.microsoft.com/azure/api-management/api-management-features>
package struct Tier: Hashable, Sendable, Codable, CustomStringConvertible {
    /// Azure's name, such as `Developer` or `StandardV2`.
    package let name: String

    /// Creates a tier.
    ///
    /// - Parameter name: `sku.name` as Azure gives it.
    package init(_ name: String) { self.name = name }

    package init(from decoder: any Decoder) throws {
        self.name = try decoder.singleValueContainer().decode(String.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(self.name)
    }

    package var description: String { self.name }

    /// Whether Azure offers the backup call in this tier.
    ///
    /// Named tiers only are refused: what Azure adds later is left for Azure to judge.
    ///
    /// Source: <https://learn.microsoft.com/azure/api-management/api-management-howto-disaster-recovery-backup-restore>
    package var supportsBackup: Bool {
        let lower = self.name.lowercased()
        return lower != "consumption" && !lower.hasSuffix("v2")
    }
}
