import Foundation
import NIOHTTP1

/// Blocks that wait for a commit, containers, and the settings of the account.
extension SteadyClient {
    private func blocks(of thing: String) -> (ids: [String], content: String) {
        let parts = self.memory.seen(thing).words.split(separator: "|", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return ([], "") }
        return (parts[0].split(separator: ",").map(String.init), String(parts[1]))
    }

    private static func path(_ thing: String) -> String { "apim-backups/\(thing.dropFirst("blocks/".count))" }

    /// A block's content is its id, so that a list of ids says what a commit makes of it.
    func stageBlock(_ thing: String, _ azure: AzureSession) async throws {
        let id = Data(String(100_000 + self.count).utf8).base64EncodedString()
        let (ids, content) = self.blocks(of: thing)
        let etag = self.memory.seen(thing).etag
        self.memory.ask(thing, "\((ids + [id]).joined(separator: ","))|\(content)")
        let path = "\(Self.path(thing))?comp=block&blockid=\(id.replacing("=", with: "%3D"))"
        _ = try AzureSession.accepted(await azure.storage(.PUT, path, body: id))
        self.memory.confirm(etag: etag)
    }

    func commitBlocks(_ thing: String, _ azure: AzureSession) async throws {
        let (ids, _) = self.blocks(of: thing)
        guard !ids.isEmpty else { return try await self.stageBlock(thing, azure) }
        self.memory.ask(thing, "|\(ids.joined())")
        let list = "<BlockList>\(ids.map { "<Latest>\($0)</Latest>" }.joined())</BlockList>"
        let reply = try AzureSession.accepted(
            await azure.storage(.PUT, "\(Self.path(thing))?comp=blocklist", body: list)
        )
        self.memory.confirm(etag: reply.headers.first(name: "ETag"))
    }

    /// Makes a container, describes it, or deletes it; its name is not free for a second then.
    func changeContainer(_ thing: String, _ azure: AzureSession) async throws {
        let path = "\(thing.dropFirst("container/".count))?restype=container"
        let note = [("x-ms-meta-note", "n\(self.count)")]
        switch (self.memory.seen(thing), self.count % 3) {
        case (.absent, _):
            self.memory.ask(thing, "note n\(self.count)")
            let reply = try AzureSession.accepted(await azure.storage(.PUT, path, note))
            self.memory.confirm(etag: reply.headers.first(name: "ETag"))
        case (_, 0):
            self.memory.ask(thing, "absent")
            _ = try AzureSession.accepted(await azure.storage(.DELETE, path))
            self.memory.confirm(etag: nil)
        default:
            self.memory.ask(thing, "note n\(self.count)")
            let reply = try AzureSession.accepted(await azure.storage(.PUT, "\(path)&comp=metadata", note))
            self.memory.confirm(etag: reply.headers.first(name: "ETag"))
        }
    }

    /// Sets the account's rule for requests across origins, which belongs to one client.
    func changeSettings(_ azure: AzureSession) async throws {
        guard self.number == 0 else { return try await self.changeContainer("container/c\(self.number)-0", azure) }
        self.memory.ask("settings/cors", "\(self.count)")
        let settings = """
            <StorageServiceProperties><Cors><CorsRule><AllowedOrigins>*</AllowedOrigins><AllowedMethods>GET</AllowedMethods>\
            <MaxAgeInSeconds>\(self.count)</MaxAgeInSeconds></CorsRule></Cors></StorageServiceProperties>
            """
        _ = try AzureSession.accepted(await azure.storage(.PUT, "?restype=service&comp=properties", body: settings))
        self.memory.confirm(etag: nil)
    }
}
