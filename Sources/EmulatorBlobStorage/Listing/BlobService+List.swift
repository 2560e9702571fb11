import EmulatorRuntime
import Foundation

/// Listings of containers and blobs.
///
/// Sources: <https://learn.microsoft.com/rest/api/storageservices/list-containers2>,
/// <https://learn.microsoft.com/rest/api/storageservices/list-blobs>
extension BlobService {
    private static let containerIncludes: Set<String> = ["metadata", "deleted", "system"]
    private static let blobIncludes: Set<String> = [
        "metadata", "uncommittedblobs", "copy", "deleted", "snapshots", "tags", "versions", "deletedwithversions",
        "immutabilitypolicy", "legalhold", "permissions",
    ]

    func listContainers(_ call: BlobCall) throws -> EmulatedResponse {
        let parameters = try ListParameters(call.request, allowing: Self.containerIncludes)
        let all = self.store.containers(account: call.account.name)
            .filter { container in
                let isSystem = ResourceNames.systemContainers.contains(container.name)
                return container.name.hasPrefix(parameters.prefix)
                    && parameters.start.map { $0 <= BlobName(container.name) } ?? true
                    && (!isSystem || parameters.includes.contains("system"))
            }
        var xml = XMLWriter()
        xml.element("EnumerationResults", attributes: ["ServiceEndpoint": call.serviceEndpoint]) { xml in
            Self.writeHead(parameters, &xml)
            xml.element("Containers") { xml in
                for container in all.prefix(parameters.page) {
                    container.write(&xml, withMetadata: parameters.includes.contains("metadata"), at: call.now)
                }
            }
            let next = all.dropFirst(parameters.page).first
            xml.element("NextMarker", next.map { Marker.write(BlobName($0.name)) } ?? "")
        }
        return .xml(xml)
    }

    func listBlobs(_ call: BlobCall) throws -> EmulatedResponse {
        let parameters = try ListParameters(call.request, allowing: Self.blobIncludes)
        let name = try call.request.target.containerName()
        let (page, entries) = try self.store.read { state in
            guard let container = state.container(call.account.name, name) else { throw StorageError.containerNotFound }
            let listed = ListedBlobs(container: container, includes: parameters.includes, now: call.now)
            let page = BlobPage(
                names: container.names,
                parameters: parameters,
                position: container.position,
                isListed: { !listed.entries(of: $0).isEmpty }
            )
            let entries = page.items.map { item in
                if case .blob(let name) = item { listed.entries(of: name) } else { [ListedBlobs.Entry]() }
            }
            return (page, entries)
        }
        var xml = XMLWriter()
        let attributes: KeyValuePairs = ["ServiceEndpoint": call.serviceEndpoint, "ContainerName": name]
        xml.element("EnumerationResults", attributes: attributes) { xml in
            Self.writeHead(parameters, &xml)
            xml.element("Blobs") { xml in
                for (item, entries) in zip(page.items, entries) {
                    switch item {
                    case .prefix(let prefix): xml.element("BlobPrefix") { $0.name(prefix) }
                    case .blob(let name):
                        for entry in entries { Self.write(name, entry, parameters, &xml, at: call.now) }
                    }
                }
            }
            xml.element("NextMarker", page.next.map(Marker.write) ?? "")
        }
        return .xml(xml)
    }

    private static func writeHead(_ parameters: ListParameters, _ xml: inout XMLWriter) {
        xml.element("Prefix", parameters.prefix.isEmpty ? nil : parameters.prefix)
        xml.element("Marker", parameters.marker.isEmpty ? nil : parameters.marker)
        xml.element("MaxResults", parameters.requestedPage.map { String($0) })
        xml.element("Delimiter", parameters.delimiter.isEmpty ? nil : parameters.delimiter)
    }

    private static func write(
        _ name: BlobName,
        _ entry: ListedBlobs.Entry,
        _ parameters: ListParameters,
        _ xml: inout XMLWriter,
        at now: Date
    ) {
        xml.element("Blob") { xml in
            xml.name(name.text)
            guard let blob = entry.blob else {
                // Blocks without a commit: a blob of no length.
                xml.element("Properties") { xml in
                    xml.element("Content-Length", "0")
                    xml.element("BlobType", "BlockBlob")
                }
                return
            }
            blob.write(&xml, isCurrent: entry.isCurrent, includes: parameters.includes, at: now)
        }
    }
}
