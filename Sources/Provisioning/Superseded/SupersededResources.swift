/// What an earlier deployment made and the next one has no use for: Azure would leave it there, and its record of the next one
/// would no longer name it.
package struct SupersededResources: Sendable, Hashable {
    /// Roles on what is backed up no longer; they go before the deployment, while Azure's record still names them.
    package var dropped: [String] = []
    /// What something of the next deployment takes the place of: roles on what is still backed up, alerts, another host.
    ///
    /// It goes once that stands.
    package var replaced: [String] = []

    /// All of it, by resource ids.
    package var all: [String] { self.dropped + self.replaced }
}
