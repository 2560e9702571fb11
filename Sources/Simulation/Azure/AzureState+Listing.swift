import AzureClient
import FoundationEssentials
import HTTPTypes

/// Listings of containers, page by page.
///
/// Source: <https://learn.microsoft.com/rest/api/storageservices/list-blobs>
extension AzureState {
    mutating func listing(_ call: SimulatedCall, _ shelf: BlobShelf) -> HTTPExchangeResponse {
        let prefix = call.parameter("prefix") ?? ""
        let isFolded = call.parameter("delimiter") != nil
        let marker = call.parameter("marker") ?? ""
        var entries = ""
        var count = 0
        var last = ""
        var next = ""
        for name in shelf.names(beginningWith: prefix, after: marker) {
            if isFolded, let slash = name.utf8.dropFirst(prefix.utf8.count).firstIndex(of: 47) {
                let folder = String(name[...slash])
                if folder == last { continue }
                last = folder
                entries += "<BlobPrefix><Name>\(folder)</Name></BlobPrefix>"
            } else if let blob = shelf.blobs[name] {
                entries += Self.entry(name, blob, at: self.now)
            }
            count += 1
            if count == self.settings.pageSize {
                next = name
                break
            }
        }
        let body =
            "<?xml version=\"1.0\" encoding=\"utf-8\"?><EnumerationResults><Blobs>\(entries)</Blobs>"
            + "<NextMarker>\(Self.escaped(next))</NextMarker></EnumerationResults>"
        var answer = HTTPExchangeResponse.plain(200, date: self.date)
        answer.body = Data(body.utf8)
        return answer
    }

    private static func entry(_ name: String, _ blob: BlobShelf.Blob, at now: Int64) -> String {
        let etag = blob.etag.dropFirst().dropLast()
        var entry =
            "<Blob><Name>\(Self.escaped(name))</Name><Properties><Content-Length>\(blob.bytes)</Content-Length>"
            + "<Etag>\(etag)</Etag>"
        if !blob.createdText.isEmpty {
            let isLeased = blob.lease?.holds(at: now) ?? false
            entry +=
                "<Creation-Time>\(blob.createdText)</Creation-Time><Last-Modified>\(blob.modifiedText)</Last-Modified>"
                + "<LeaseStatus>\(isLeased ? "locked" : "unlocked")</LeaseStatus>"
        }
        return entry + "</Properties></Blob>"
    }

    private static func escaped(_ name: String) -> String {
        guard name.utf8.contains(38) || name.utf8.contains(60) else { return name }
        return name.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
    }
}
