import EmulatorRuntime
import Foundation

/// Reads API Management instances.
struct InstanceReader {
    let fields: FieldReader

    func instances(_ place: Place, world: World) -> [ApiManagementInstance] {
        self.fields.eachOnce("instances") { fields in
            let group = place.group(fields)
            let tier = fields.required("tier", fields.choice("tier", of: Tier.allCases.map(\.rawValue)))
            guard let name = fields.required("name", fields.name()) else { return nil }
            // Source: the pattern of `serviceName` in the specification.
            if name.wholeMatch(of: /[A-Za-z](?:[A-Za-z0-9-]{0,48}[A-Za-z0-9])?/) == nil {
                fields.note(
                    "name",
                    "An instance's name has 1 to 50 letters, digits and hyphens, and begins with a letter."
                )
            }
            let id = (group?.scope ?? Scope("/")).appending("providers/Microsoft.ApiManagement/service/\(name)")
            let location = fields.string("location") ?? group?.location ?? "westeurope"
            let created = fields.instant("createdAt") ?? World.builtInDate
            let instance = ApiManagementInstance(
                id: id,
                name: name,
                location: RegionName.display(location),
                tier: tier.flatMap(Tier.init(rawValue:)) ?? .developer,
                capacity: fields.integer("capacity", in: 0...31) ?? 1,
                tags: fields.texts("tags") ?? [:],
                identity: self.identity(fields, id: id, world: world),
                state: self.state(fields),
                createdAt: created,
                changedAt: created,
                revision: 1,
                minAPIVersion: self.oldestVersion(fields),
                zones: fields.strings("zones"),
                properties: fields.json("properties") ?? [:],
                configuration: self.configuration(fields) ?? .generated(name: name),
                behaviour: self.behaviour(fields)
            )
            return group == nil || tier == nil ? nil : instance
        }
    }

    private func configuration(_ fields: FieldReader) -> InstanceConfiguration? {
        guard let document = fields.json("configuration") else { return nil }
        do throws(ContentNode.DocumentMistake) {
            return .written(try ContentNode(document: document))
        } catch {
            fields.note("configuration", error.path.isEmpty ? error.message : "\(error.path): \(error.message)")
            return nil
        }
    }

    private func oldestVersion(_ fields: FieldReader) -> String? {
        let version = fields.string("minApiVersion")
        if let version, APIVersion(version) == nil {
            fields.note("minApiVersion", "A version such as 2021-08-01 or 2021-12-01-preview is expected.")
        }
        return version
    }

    private func state(_ fields: FieldReader) -> String {
        // Source: the values of `provisioningState` in the specification.
        let states = [
            "Created", "Activating", "Succeeded", "Updating", "Failed", "Stopped", "Terminating",
            "TerminationFailed", "Deleted",
        ]
        return fields.choice("state", of: states) ?? "Succeeded"
    }

    private func identity(_ fields: FieldReader, id: Scope, world: World) -> ManagedIdentities {
        let isAssigned = fields.bool("systemAssigned") ?? true
        let assigned = (fields.strings("identities") ?? []).compactMap { name in
            let found = world.userAssignedIdentities.first { $0.name == name || $0.id == Scope(name) }
            if found == nil { fields.note("identities", "There is no identity '\(name)'.") }
            return found?.id
        }
        return ManagedIdentities(
            systemPrincipalID: isAssigned ? DerivedID.guid("system/\(id.path.lowercased())") : nil,
            userAssigned: assigned
        )
    }

    private func behaviour(_ fields: FieldReader) -> InstanceBehaviour {
        var behaviour = InstanceBehaviour()
        behaviour.backupSeconds = fields.integer("backupSeconds", in: 1...604_800)
        behaviour.restoreSeconds = fields.integer("restoreSeconds", in: 1...604_800)
        behaviour.succeedsWithoutBlob = fields.bool("succeedWithoutBlob") ?? false
        behaviour.omitsLocation = fields.bool("omitLocation") ?? false
        behaviour.endsInState = fields.string("endsInState")
        behaviour.workspaceGateways = fields.strings("workspaceGateways")
        behaviour.backupBytes = fields.integer("backupBytes", in: 0...104_857_600) ?? behaviour.backupBytes
        if let failure = fields.object("backupFailure") {
            behaviour.backupFailure = ServiceFailure(
                code: failure.string("code") ?? "BackupFailed",
                message: failure.string("message") ?? "The backup failed."
            )
            failure.finish()
        }
        return behaviour
    }
}
