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
        var body = Array("<?xml version=\"1.0\" encoding=\"utf-8\"?><EnumerationResults><Blobs>".utf8)
        var count = 0
        var last = ""
        var next = ""
        for name in shelf.names(beginningWith: prefix, after: marker) {
            if isFolded, let slash = name.utf8.dropFirst(prefix.utf8.count).firstIndex(of: 47) {
                let folder = String(name[...slash])
                if folder == last { continue }
                last = folder
                body += "<BlobPrefix><Name>\(folder)</Name></BlobPrefix>".utf8
            } else if let blob = shelf.blobs[name] {
                Self.append(name, blob, at: self.now, to: &body)
            }
            count += 1
            if count == self.settings.pageSize {
                next = name
                break
            }
        }
        body += "</Blobs><NextMarker>\(Self.escaped(next))</NextMarker></EnumerationResults>".utf8
        var answer = HTTPExchangeResponse.plain(200, date: self.date)
        answer.body = Data(body)
        return answer
    }

    private static func append(_ name: String, _ blob: BlobShelf.Blob, at now: Int64, to body: inout [UInt8]) {
        body += "<Blob><Name>".utf8
        body += Self.escaped(name).utf8
        body += "</Name><Properties><Content-Length>".utf8
        body += String(blob.bytes).utf8
        body += "</Content-Length><Etag>".utf8
        body += blob.etag.utf8.dropFirst().dropLast()
        body += "</Etag>".utf8
        if !blob.createdText.isEmpty {
            body += "<Creation-Time>".utf8
            body += blob.createdText.utf8
            body += "</Creation-Time><Last-Modified>".utf8
            body += blob.modifiedText.utf8
            body += "</Last-Modified><LeaseStatus>".utf8
            body += (blob.lease?.holds(at: now) ?? false ? "locked" : "unlocked").utf8
            body += "</LeaseStatus>".utf8
        }
        body += "</Properties></Blob>".utf8
    }

    private static func escaped(_ name: String) -> String {
        guard name.utf8.contains(38) || name.utf8.contains(60) else { return name }
        return name.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
    }
}
