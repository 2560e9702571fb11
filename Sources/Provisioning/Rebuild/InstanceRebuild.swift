package import BackupDomain
import Deployment
import FoundationEssentials

/// The ARM template of an empty instance like one that is gone, from the resource that was recorded with its backup.
///
/// What Azure shows of a resource and does not take back (states, addresses, URLs) is left out; what it takes but never shows, such
/// as certificates that were uploaded, is named in ``omitted``.
///
/// Source: `ApiManagementServiceResource` of the 2024-05-01 specification: which properties are read-only or secret.
package struct InstanceRebuild: Sendable {
    /// Properties that are taken over as they are.
    private static let kept = [
        "publisherEmail", "publisherName", "notificationSenderEmail", "virtualNetworkType", "publicIpAddressId",
        "customProperties", "apiVersionConstraint", "publicNetworkAccess", "disableGateway", "natGatewayState",
        "developerPortalStatus", "legacyPortalStatus", "configurationApi",
    ]

    /// The template.
    package let template: JSONValue
    /// What a person must add, a sentence each.
    package let omitted: [String]

    /// Makes the template.
    ///
    /// - Parameters:
    ///   - service: The whole resource as Azure gave it.
    ///   - id: Its resource id.
    package init(of service: JSONValue, id: ResourceID) {
        let source = service["properties"]?.object ?? [:]
        var omitted: [String] = []
        var properties = source.filter { Self.kept.contains($0.key) && $0.value != .null }
        properties["hostnameConfigurations"] = Self.hostnames(source["hostnameConfigurations"], &omitted)
        properties["virtualNetworkConfiguration"] = Self.network(source["virtualNetworkConfiguration"])
        properties["additionalLocations"] = Self.locations(source["additionalLocations"])
        var resource: [String: JSONValue] = [
            "type": .string("Microsoft.ApiManagement/service"),
            "apiVersion": .string(ResourceTypes.instances.apiVersion),
            "name": .string("[parameters('apim_name')]"), "location": .string("[parameters('location')]"),
            "properties": .object(properties),
        ]
        for name in ["sku", "tags", "zones"] {
            if let value = service[name], value != .null { resource[name] = value }
        }
        resource["identity"] = Self.identity(service["identity"], &omitted)
        self.template = Self.template(resource, id, location: service["location"]?.string ?? "")
        self.omitted = omitted + Self.omitted(source)
    }

    private static func template(_ resource: [String: JSONValue], _ id: ResourceID, location: String) -> JSONValue {
        func parameter(_ value: String, _ description: String) -> JSONValue {
            .object([
                "type": .string("string"), "defaultValue": .string(value),
                "metadata": .object(["description": .string(description)]),
            ])
        }
        return .object([
            "$schema": .string("https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"),
            "contentVersion": .string("1.0.0.0"),
            "parameters": .object([
                "apim_name": parameter(id.name, "The name of the instance."),
                "location": parameter(location, "The region of the instance."),
            ]),
            "resources": .array([.object(resource)]),
        ])
    }

    /// Hostnames whose certificates are referred to; nil for none.
    private static func hostnames(_ value: JSONValue?, _ omitted: inout [String]) -> JSONValue? {
        var kept: [JSONValue] = []
        for entry in value?.array ?? [] {
            let source = entry["certificateSource"]?.string ?? ""
            let name = entry["hostName"]?.string ?? "?"
            switch source.lowercased() {
            case "builtin": continue
            case "keyvault", "managed":
                let names = [
                    "type", "hostName", "keyVaultId", "identityClientId", "negotiateClientCertificate",
                    "defaultSslBinding",
                    "certificateSource",
                ]
                kept.append(.object((entry.object ?? [:]).filter { names.contains($0.key) && $0.value != .null }))
                if source.lowercased() == "keyvault", entry["identityClientId"]?.string?.isEmpty ?? true {
                    omitted.append(
                        "The certificate of \(name) comes from Key Vault by the system-assigned identity, which the new instance "
                            + "has only once it is there: deploy without that hostname, give the identity access, then deploy again."
                    )
                }
            default:
                omitted.append(
                    "The hostname \(name) had an uploaded certificate, which Azure never shows: add it by hand."
                )
            }
        }
        return kept.isEmpty ? nil : .array(kept)
    }

    private static func network(_ value: JSONValue?) -> JSONValue? {
        value?["subnetResourceId"].map { .object(["subnetResourceId": $0]) }
    }

    private static func locations(_ value: JSONValue?) -> JSONValue? {
        guard let all = value?.array, !all.isEmpty else { return nil }
        let names = ["location", "sku", "zones", "publicIpAddressId", "disableGateway", "natGatewayState"]
        return .array(
            all.map { location in
                var kept = (location.object ?? [:]).filter { names.contains($0.key) && $0.value != .null }
                kept["virtualNetworkConfiguration"] = Self.network(location["virtualNetworkConfiguration"])
                return .object(kept)
            }
        )
    }

    private static func identity(_ value: JSONValue?, _ omitted: inout [String]) -> JSONValue? {
        guard let type = value?["type"]?.string, type.lowercased() != "none" else { return nil }
        var identity: [String: JSONValue] = ["type": .string(type)]
        if let attached = value?["userAssignedIdentities"]?.object, !attached.isEmpty {
            identity["userAssignedIdentities"] = .object(attached.mapValues { _ in .object([:]) })
        }
        if type.lowercased().contains("systemassigned") {
            omitted.append(
                "The system-assigned identity is another one than before: give it the roles that the old one had, 'Storage Blob Data "
                    + "Contributor' on the container of backups first."
            )
        }
        return .object(identity)
    }

    private static func omitted(_ source: [String: JSONValue]) -> [String] {
        var omitted: [String] = []
        let certificates = (source["certificates"]?.array ?? []).count
        if certificates > 0 {
            omitted.append("\(certificates) CA certificate\(certificates == 1 ? "" : "s"): upload them anew.")
        }
        let endpoints = (source["privateEndpointConnections"]?.array ?? []).count
        if endpoints > 0 {
            omitted.append("\(endpoints) private endpoint\(endpoints == 1 ? "" : "s"): connect them anew.")
        }
        return omitted + [
            "Diagnostic settings of Azure Monitor, locks, roles on the instance and alerts are resources of their own: make them anew."
        ]
    }
}
