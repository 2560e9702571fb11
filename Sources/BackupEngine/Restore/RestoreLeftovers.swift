package import BackupDomain
import FoundationEssentials

/// The list of what a backup does not hold, told by comparing the source's resource, as it was recorded with the backup, with the
/// target's: what is the same on both needs nobody.
///
/// Source: "What is not backed up" of
/// <https://learn.microsoft.com/azure/api-management/api-management-howto-disaster-recovery-backup-restore>
package struct RestoreLeftovers: Sendable {
    private let source: JSONValue?
    private let target: Instance

    /// Takes the two resources.
    ///
    /// - Parameters:
    ///   - source: The source's resource as it was recorded; nil where it was not.
    ///   - target: The target as it is.
    package init(source: JSONValue?, target: Instance) {
        self.source = source
        self.target = target
    }

    /// What is left for a person, in the order in which it matters.
    package var all: [RestoreLeftover] {
        [
            self.hostnames, self.certificates, self.network, self.identities, self.keyVault, self.ciphers,
            RestoreLeftover(
                "diagnostics",
                "Diagnostic settings of Azure Monitor are not in a backup: compare them with the source's.",
                command: "az monitor diagnostic-settings list --resource '\(self.target.id)'"
            ),
            RestoreLeftover(
                "developer-portal",
                "The developer portal's content is not in a backup: migrate it, then publish the portal anew."
            ),
            RestoreLeftover(
                "analytics",
                "Usage data for analytics is not in a backup: what the target shows is its own."
            ),
        ].compactMap(\.self)
    }

    private var hostnames: RestoreLeftover? {
        guard let wanted = self.customHostnames(self.source) else {
            return RestoreLeftover(
                "hostnames",
                "Custom hostnames and their certificates are not in a backup: see that the target has those it needs.",
                command: "\(self.target.id.showCommand) --query hostnameConfigurations"
            )
        }
        let missing = wanted.subtracting(self.customHostnames(self.target.document) ?? []).sorted()
        guard !missing.isEmpty else { return nil }
        return RestoreLeftover(
            "hostnames",
            "The source had custom hostnames that the target has not: \(missing.joined(separator: ", ")). Add them with their "
                + "certificates, and point DNS at the target.",
            command: "\(self.target.id.showCommand) --query hostnameConfigurations",
            differs: true
        )
    }

    private func customHostnames(_ document: JSONValue?) -> Set<String>? {
        guard let document else { return nil }
        let all = document["properties"]?["hostnameConfigurations"]?.array ?? []
        return Set(
            all.filter { $0["certificateSource"]?.string?.lowercased() != "builtin" }.compactMap { entry in
                entry["hostName"]?.string.map { "\($0) (\(entry["type"]?.string ?? "?"))" }
            }
        )
    }

    private var certificates: RestoreLeftover? {
        guard let source = self.source else {
            return RestoreLeftover(
                "ca-certificates",
                "Custom CA certificates are not in a backup: see to those it needs."
            )
        }
        let thumbprints = { (document: JSONValue) in
            Set(
                (document["properties"]?["certificates"]?.array ?? []).compactMap {
                    $0["certificate"]?["thumbprint"]?.string
                }
            )
        }
        let missing = thumbprints(source).subtracting(thumbprints(self.target.document)).sorted()
        guard !missing.isEmpty else { return nil }
        return RestoreLeftover(
            "ca-certificates",
            "The source had CA certificates that the target has not; upload them anew: \(missing.joined(separator: ", ")).",
            differs: true
        )
    }

    private var network: RestoreLeftover? {
        let type = { (document: JSONValue) in document["properties"]?["virtualNetworkType"]?.string ?? "None" }
        let subnet = { (document: JSONValue) in
            document["properties"]?["virtualNetworkConfiguration"]?["subnetResourceId"]?.string?.lowercased()
        }
        guard let source = self.source else {
            return RestoreLeftover("network", "The integration into a virtual network is not in a backup.")
        }
        guard type(source) != type(self.target.document) || subnet(source) != subnet(self.target.document) else {
            return nil
        }
        return RestoreLeftover(
            "network",
            "The source's network was \(type(source))\(subnet(source).map { " in \($0)" } ?? ""), the target's is "
                + "\(type(self.target.document)): backends that are reached through it may be out of reach.",
            command:
                "\(self.target.id.showCommand) --query '[virtualNetworkType, virtualNetworkConfiguration]'",
            differs: true
        )
    }

    private var identities: RestoreLeftover? {
        let attached = { (document: JSONValue) in
            Set((document["identity"]?["userAssignedIdentities"]?.object ?? [:]).keys.map { $0.lowercased() })
        }
        guard let source = self.source else {
            return RestoreLeftover(
                "identities",
                "Managed identities are not in a backup: see that the target has what its policies use."
            )
        }
        let missing = attached(source).subtracting(attached(self.target.document)).sorted()
        guard !missing.isEmpty else { return nil }
        return RestoreLeftover(
            "identities",
            "The source had identities that the target has not: \(missing.joined(separator: ", ")). Attach them where policies "
                + "or named values use them.",
            differs: true
        )
    }

    private var keyVault: RestoreLeftover {
        let principal = self.target.identity.systemPrincipalID
        return RestoreLeftover(
            "key-vault",
            "Named values and certificates from Key Vault come back as references: the target's own identity needs to read them.",
            command: principal.map { id in
                "az role assignment create --role 'Key Vault Secrets User' --assignee-object-id \(id) "
                    + "--assignee-principal-type ServicePrincipal --scope VAULT-ID"
            }
        )
    }

    private var ciphers: RestoreLeftover? {
        let properties = { (document: JSONValue) in document["properties"]?["customProperties"]?.object ?? [:] }
        guard let source = self.source else {
            return RestoreLeftover("protocols", "Settings of protocols and ciphers are not in a backup.")
        }
        let other = properties(self.target.document)
        let changed = properties(source).filter { name, value in
            value.string?.lowercased() != other[name]?.string?.lowercased()
        }
        guard !changed.isEmpty else { return nil }
        let body = JSONValue.object(["properties": .object(["customProperties": .object(changed)])])
        let text = (try? JSONEncoder.stable().encode(body)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
        return RestoreLeftover(
            "protocols",
            "Settings of protocols and ciphers differ from the source's in \(changed.count) of them.",
            command: "az rest --method patch --url '\(self.target.id)?api-version=2024-05-01' --body '\(text)'",
            differs: true
        )
    }
}
