/// A pricing tier of API Management.
///
/// Source: the enumeration of `sku.name` in the specification, API version 2024-05-01, and PremiumV2 from later
/// previews.
enum Tier: String, Sendable, CaseIterable, Codable {
    case developer = "Developer"
    case basic = "Basic"
    case standard = "Standard"
    case premium = "Premium"
    case isolated = "Isolated"
    case consumption = "Consumption"
    case basicV2 = "BasicV2"
    case standardV2 = "StandardV2"
    case premiumV2 = "PremiumV2"

    /// Whether the tier has backup and restore.
    ///
    /// Source: "How to implement disaster recovery using service backup and restore": Developer, Basic, Standard and
    /// Premium. Isolated is not named there: the rules may say otherwise.
    var canBeBackedUp: Bool {
        switch self {
        case .developer, .basic, .standard, .premium: true
        case .isolated, .consumption, .basicV2, .standardV2, .premiumV2: false
        }
    }
}
