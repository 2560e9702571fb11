import EmulatorRuntime
import Foundation

extension KeptResource {
    /// The resource as its provider shows it.
    func json(in state: CloudState) -> JSON {
        var json: JSON = ["id": .string(self.id.path), "name": .string(self.name), "type": .string(self.type)]
        if let location = self.location {
            json["location"] = .string(location)
            json["tags"] = .tags(self.tags)
        }
        if let kind = self.kind { json["kind"] = .string(kind) }
        if let sku = self.sku { json["sku"] = sku }
        if let identity = self.identity.json(in: state) { json["identity"] = identity }
        json["properties"] = self.shownProperties
        json["etag"] = .string("\"\(self.revision)\"")
        json["systemData"] = [
            "createdBy": .string(self.createdBy), "createdByType": "Application",
            "createdAt": .string(Instant.text(self.createdAt)),
            "lastModifiedAt": .string(Instant.text(self.changedAt)),
        ]
        return json
    }

    /// The resource as lists over all providers show it.
    func listed(in state: CloudState) -> ListedResource {
        ListedResource(
            id: self.id,
            name: self.name,
            type: self.type,
            location: self.location ?? "",
            tags: self.tags,
            sku: self.sku,
            kind: self.kind,
            identity: self.identity.json(in: state)
        )
    }
}

extension ManagedIdentities {
    /// The identities as a resource shows them; nil where there are none.
    ///
    /// Source: recorded resources: the key of a user-assigned identity has a lower-case group segment, unlike its own id.
    func json(in state: CloudState) -> JSON? {
        guard self.type != "None" else { return nil }
        var identity: JSON = [
            "type": .string(self.type), "principalId": .optional(self.systemPrincipalID),
            "tenantId": .string(state.world.tenantID),
        ]
        let assigned = self.userAssigned.compactMap { state.userAssignedIdentity($0) }
        if !assigned.isEmpty {
            identity["userAssignedIdentities"] = .object(
                assigned.map { identity in
                    JSON.Member(
                        identity.id.path.replacing("/resourceGroups/", with: "/resourcegroups/"),
                        ["principalId": .string(identity.principalID), "clientId": .string(identity.clientID)]
                    )
                }
            )
        }
        return identity
    }
}
