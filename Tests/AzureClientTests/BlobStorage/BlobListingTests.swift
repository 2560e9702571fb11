import BackupDomain
import FoundationEssentials
import Testing

@testable import AzureClient

struct BlobListingTests {
    @Test func `blobs, folded names and the next page are read`() throws {
        let text = """
            <?xml version="1.0" encoding="utf-8"?><EnumerationResults ServiceEndpoint="https://a/" ContainerName="c">
            <Prefix>v1/</Prefix><Delimiter>/</Delimiter><Blobs>
            <Blob><Name>a &amp; b.apimbackup</Name><Properties><Creation-Time>Tue, 24 Nov 2026 01:00:00 GMT</Creation-Time>
            <Last-Modified>Tue, 24 Nov 2026 01:00:05 GMT</Last-Modified><Etag>0x8D1</Etag>
            <Content-Length>610000</Content-Length><AccessTier>Archive</AccessTier><Content-MD5>abc==</Content-MD5></Properties></Blob>
            <Blob><Name Encoded="true">x%EF%BF%BFy</Name><Properties><Etag>"q"</Etag><Content-Length>0</Content-Length>
            <Content-MD5 /></Properties></Blob>
            <BlobPrefix><Name>v1/runs/</Name></BlobPrefix></Blobs><NextMarker>m 1</NextMarker></EnumerationResults>
            """
        let page = try #require(BlobListing.page(Data(text.utf8)))
        #expect(page.blobs.map(\.name) == ["a & b.apimbackup", "x\u{ffff}y"])
        let first = try #require(page.blobs.first)
        #expect(first.bytes == 610_000)
        #expect(first.etag.text == "\"0x8D1\"")
        #expect(first.createdAt?.iso8601 == "2026-11-24T01:00:00Z")
        #expect(first.modifiedAt?.iso8601 == "2026-11-24T01:00:05Z")
        #expect(first.contentMD5 == "abc==")
        #expect(first.isArchived)
        #expect(page.blobs[1].accessTier == nil)
        #expect(page.blobs[1].etag.text == "\"q\"")
        #expect(page.blobs[1].contentMD5 == nil)
        #expect(page.prefixes == ["v1/runs/"])
        #expect(page.nextMarker == "m 1")
    }

    @Test func `the last page has no next`() throws {
        let page = BlobListing.page(Data("<EnumerationResults><Blobs /><NextMarker /></EnumerationResults>".utf8))
        #expect(page == BlobPage(blobs: []))
    }

    @Test(arguments: [
        "", "<Error><Code>X</Code></Error>", "<EnumerationResults/>",
        "<EnumerationResults><Blobs><Blob><Name>a</Name></Blob></Blobs></EnumerationResults>",
        "<EnumerationResults><Blobs><Blob><Properties/></Blob></Blobs></EnumerationResults>",
        "<EnumerationResults><Blobs><Blob><Name>a</Name><Properties><Etag>e</Etag><Content-Length>-1</Content-Length></Properties></Blob></Blobs></EnumerationResults>",
    ])
    func isNoListing(_ text: String) {
        #expect(BlobListing.page(Data(text.utf8)) == nil)
    }
}
