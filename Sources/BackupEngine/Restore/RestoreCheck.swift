package import BackupDomain

/// What a look at the target after a restore shows, one thing each.
package struct RestoreCheck: Sendable, Hashable, Encodable {
    /// What was looked at.
    package var name: String
    /// What was seen.
    package var text: String
    /// Whether it is as it should be.
    package var isGood: Bool

    private enum CodingKeys: String, CodingKey {
        case name, text
        case isGood = "good"
    }

    /// Compares the target after a restore with what it was before: a restore leaves all of this alone.
    ///
    /// - Parameters:
    ///   - before: The target as it was planned with.
    ///   - after: The target as it is.
    /// - Returns: The checks.
    package static func all(before: Instance, after: Instance) -> [Self] {
        let state = after.provisioningState
        let hostnames = { (instance: Instance) in
            Set(
                (instance.document["properties"]?["hostnameConfigurations"]?.array ?? [])
                    .compactMap { $0["hostName"]?.string?.lowercased() }
            )
        }
        let (was, now) = (hostnames(before), hostnames(after))
        return [
            Self(name: "state", text: state, isGood: state.lowercased() == "succeeded"),
            Self(
                name: "tier",
                text: "\(after.tier), \(after.units) unit\(after.units == 1 ? "" : "s")",
                isGood: after.tier == before.tier && after.units == before.units
            ),
            Self(name: "hostnames", text: now.sorted().joined(separator: ", "), isGood: was == now),
            Self(
                name: "identities",
                text: after.identity == before.identity ? "as before" : "others than before",
                isGood: after.identity == before.identity
            ),
        ]
    }
}
