import EmulatorRuntime
import Foundation

/// How an instance looks from outside: `ApiManagementServiceResource`, with its nulls written out.
///
/// Source: the recorded session of 2023, and the specification, API version 2024-05-01.
struct InstanceView {
    let state: CloudState

    func json(_ instance: ApiManagementInstance) -> JSON {
        var properties = self.properties(of: instance)
        for member in instance.properties.object ?? [] { properties[member.name] = member.value }
        return [
            "id": .string(instance.id.path), "name": .string(instance.name),
            "type": "Microsoft.ApiManagement/service", "tags": .tags(instance.tags),
            "location": .string(instance.location), "etag": .string(Self.etag(of: instance)),
            "properties": properties,
            "sku": ["name": .string(instance.tier.rawValue), "capacity": .number(String(instance.capacity))],
            "identity": instance.identity.json(in: self.state) ?? .null,
            "zones": instance.zones.map { .array($0.map(JSON.string)) } ?? .null,
            "systemData": [
                "createdBy": "operator@contoso.example", "createdByType": "User",
                "createdAt": .string(Instant.text(instance.createdAt)),
                "lastModifiedBy": "operator@contoso.example", "lastModifiedByType": "User",
                "lastModifiedAt": .string(Instant.text(instance.changedAt)),
            ],
        ]
    }

    /// The public address of the instance of a name.
    static func publicAddress(of name: String) -> String {
        "20.61.\(StableSum.of(name) % 256).\(StableSum.of(name + "/ip") % 254 + 1)"
    }

    /// A counter of changes in base64, as long as API Management's own.
    static func etag(of instance: ApiManagementInstance) -> String {
        Data((0..<8).map { UInt8(truncatingIfNeeded: (instance.revision + 0x0040_0000) >> (8 * (7 - $0))) })
            .base64EncodedString()
    }

    /// The state that shows, and the one that is aimed at: a running operation counts more than what the world says.
    ///
    /// Source: recorded sessions for a creation and for the target of a deletion; whether a deletion shows as `Terminating`
    /// meanwhile is inferred. What the target is during a backup is not documented; it stays empty.
    private func states(of instance: ApiManagementInstance) -> (current: String, target: String) {
        switch self.state.runningOperation(of: instance.id)?.kind {
        case nil: (instance.state, "")
        case .backup?, .restore?: (self.state.world.rules.showsUpdating ? "Updating" : instance.state, "")
        case .creation?, .recovery?: ("Created", "Activating")
        case .deletion?, .purge?: ("Terminating", "Deleting")
        }
    }

    private func properties(of instance: ApiManagementInstance) -> JSON {
        let name = instance.name
        let region = RegionName.short(instance.location)
        let states = self.states(of: instance)
        let address = Self.publicAddress(of: name)
        return [
            "publisherEmail": "apis@contoso.example", "publisherName": "Contoso",
            "notificationSenderEmail": "apimgmt-noreply@mail.windowsazure.com",
            "provisioningState": .string(states.current), "targetProvisioningState": .string(states.target),
            "createdAtUtc": .string(Instant.text(instance.createdAt)),
            "gatewayUrl": "https://\(name).azure-api.net",
            "gatewayRegionalUrl": "https://\(name)-\(region)-01.regional.azure-api.net",
            "portalUrl": "https://\(name).portal.azure-api.net",
            "developerPortalUrl": "https://\(name).developer.azure-api.net",
            "managementApiUrl": "https://\(name).management.azure-api.net",
            "scmUrl": "https://\(name).scm.azure-api.net",
            "hostnameConfigurations": [self.hostname(of: name)], "publicIPAddresses": [.string(address)],
            "privateIPAddresses": nil, "additionalLocations": nil, "virtualNetworkConfiguration": nil,
            "customProperties": Self.customProperties, "virtualNetworkType": "None", "certificates": nil,
            "disableGateway": false, "natGatewayState": "Disabled", "outboundPublicIPAddresses": [.string(address)],
            "apiVersionConstraint": ["minApiVersion": .optional(instance.minAPIVersion)], "publicIpAddressId": nil,
            "publicNetworkAccess": "Enabled", "privateEndpointConnections": nil, "platformVersion": "stv2",
            "legacyPortalStatus": "Disabled", "developerPortalStatus": "Enabled",
        ]
    }

    private func hostname(of name: String) -> JSON {
        [
            "type": "Proxy", "hostName": "\(name).azure-api.net", "encodedCertificate": nil, "keyVaultId": nil,
            "certificatePassword": nil, "negotiateClientCertificate": false, "certificate": nil,
            "defaultSslBinding": true, "identityClientId": nil, "certificateSource": "BuiltIn",
            "certificateStatus": nil,
        ]
    }

    private static let customProperties: JSON = .object(
        [
            "Gateway.Security.Protocols.Tls10", "Gateway.Security.Protocols.Tls11", "Gateway.Security.Protocols.Ssl30",
            "Gateway.Security.Ciphers.TripleDes168", "Gateway.Security.Backend.Protocols.Tls10",
            "Gateway.Security.Backend.Protocols.Tls11", "Gateway.Security.Backend.Protocols.Ssl30",
            "Gateway.Protocols.Server.Http2",
        ].map { JSON.Member("Microsoft.WindowsAzure.ApiManagement.\($0)", "False") }
    )
}
