/// A subscription of the emulated tenant.
struct Subscription: Sendable, Equatable, Codable {
    /// The subscription's GUID.
    var id: String
    /// Its display name.
    var name: String

    var scope: Scope { .subscription(self.id) }
}
