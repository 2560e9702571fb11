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
    ///   - record: The restore's record, which holds the target as it was.
    ///   - after: The target as it is.
    /// - Returns: The checks.
    package static func all(before record: RunRecord, after: Instance) -> [Self] {
        let state = after.provisioningState
        let hostnames = { (document: JSONValue) in
            Set(
                (document["properties"]?["hostnameConfigurations"]?.array ?? [])
                    .compactMap { $0["hostName"]?.string?.lowercased() }
            )
        }
        let (was, now) = (hostnames(record.service), hostnames(after.document))
        let isSame = Self.identities(record.service) == Self.identities(after.document)
        return [
            Self(name: "state", text: state, isGood: state.lowercased() == "succeeded"),
            Self(
                name: "tier",
                text: "\(after.tier), \(after.units) unit\(after.units == 1 ? "" : "s")",
                isGood: after.tier == record.instance.tier && after.units == record.instance.units
            ),
            Self(name: "hostnames", text: now.sorted().joined(separator: ", "), isGood: was == now),
            Self(
                name: "identities",
                text: isSame ? "as before" : "others than before",
                isGood: isSame
            ),
        ]
    }

    /// The identities of an instance: the ids of those that are attached, and the object id of its own.
    private static func identities(_ document: JSONValue) -> Set<String> {
        let identity = document["identity"]
        let attached = identity?["userAssignedIdentities"]?.object?.keys.map { $0.lowercased() } ?? []
        return Set(attached + [identity?["principalId"]?.string?.lowercased()].compactMap(\.self))
    }
}
