import EmulatorRuntime
import Foundation
import Testing

@testable import AzureEmulator

@Suite("Ready line")
struct ReadyDocumentTests {
    private func document(virtual: Bool = false) throws -> ReadyDocument {
        let folder = FileManager.default.temporaryDirectory
        let files = try RuntimeFiles(parent: folder, name: "it's-\(UUID().uuidString)", certificate: "PEM")
        defer { files.remove() }
        return ReadyDocument(world: .builtIn, endpoints: Emulated.endpoints, files: files, isVirtual: virtual)
    }

    @Test func `the line has the promised keys`() throws {
        let line = try self.document().line
        #expect(!line.contains("\n"))
        let json = try JSONParser.parse(Data(line.utf8)).value
        #expect(
            json.object?.map(\.name) == [
                "resourceManager", "authority", "blob", "admin", "caFile", "tenantId", "subscriptionId",
                "servicePrincipal", "storage", "environment",
            ]
        )
        #expect(json["storage"]?["blobEndpoint"]?.string == "https://127.0.0.1:1003/contosobackups")
        let names = Set(json["environment"]?.object?.map(\.name) ?? [])
        #expect(
            names == [
                "ARM_CLOUD_METADATA_URL", "AZURE_AUTHORITY_HOST", "AZURE_TENANT_ID", "AZURE_SUBSCRIPTION_ID",
                "IDENTITY_ENDPOINT", "IDENTITY_HEADER", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE",
                "APIM_BACKUP_BLOB_ENDPOINT", "AZURE_CONFIG_DIR", "AZURE_CORE_INSTANCE_DISCOVERY",
            ]
        )
    }

    @Test func `a virtual clock is named, and export lines are quoted for a shell`() throws {
        let document = try self.document(virtual: true)
        #expect(document.environment["APIM_BACKUP_CLOCK"] == "http://127.0.0.1:1006/clock")
        #expect(document.exportLines.contains("export APIM_BACKUP_CLOCK='http://127.0.0.1:1006/clock'\n"))
        #expect(document.exportLines.contains("it'\\''s-"))
    }

    @Test func `a scaled duration is whole seconds, rounded up, never zero`() {
        let real = RealClock(scale: 7) { .distantPast }
        #expect(real.scaled(.seconds(60)) == .seconds(9))
        #expect(real.scaled(.milliseconds(1)) == .seconds(1))
        let start = Date(timeIntervalSince1970: 0)
        let virtual = VirtualClock(start: start, scale: 60, realStart: start) { start.addingTimeInterval(2) }
        #expect(virtual.scaled(.seconds(60)) == .seconds(60))
        #expect(virtual.now == start.addingTimeInterval(120))
        virtual.advance(by: 86_400)
        #expect(virtual.now == start.addingTimeInterval(86_520))
    }
}
