import EmulatorRuntime
import Foundation
import NIOHTTP1

extension AzureSession {
    /// Looks at a thing as ``SteadyClient`` names it: its kind, a slash, its name.
    func look(at thing: String) async throws -> ClientMemory.Seen {
        let name = String(thing.drop { $0 != "/" }.dropFirst())
        switch thing.prefix(while: { $0 != "/" }) {
        case "blob": return try await self.lookAtBlob(name)
        case "blocks": return try await self.lookAtBlocks(name)
        case "container": return try await self.lookAtContainer(name)
        case "settings": return try await self.lookAtSettings()
        case "backup": return try await self.lookAtBackup(name)
        case "tags": return try await self.lookAtTags(name)
        case "deletion": return try await self.lookAtDeletion(name)
        default:
            let (path, version) = Self.authorization(thing)
            let reply = try await self.manage(.GET, path, version: version)
            return try Self.found(reply) == nil ? .absent : ClientMemory.Seen(words: "present")
        }
    }

    /// The answer where something is there; nil where it is not.
    private static func found(_ reply: LocalClient.Reply) throws -> LocalClient.Reply? {
        if reply.status == 404 { return nil }
        guard reply.status == 200 else { throw Refused(status: reply.status) }
        return reply
    }

    private func lookAtBlob(_ name: String) async throws -> ClientMemory.Seen {
        guard let reply = try Self.found(await self.storage(.GET, "apim-backups/\(name)")) else { return .absent }
        let note = reply.headers.first(name: "x-ms-meta-note") ?? ""
        let lease = reply.headers.first(name: "x-ms-lease-state") ?? ""
        return ClientMemory.Seen(
            words: "\(String(decoding: reply.body, as: UTF8.self))|\(note)|\(lease)",
            etag: reply.headers.first(name: "ETag")
        )
    }

    /// The ids of the blocks that wait, and what is committed.
    private func lookAtBlocks(_ name: String) async throws -> ClientMemory.Seen {
        let path = "apim-backups/\(name)"
        guard let list = try Self.found(await self.storage(.GET, "\(path)?comp=blocklist&blocklisttype=uncommitted"))
        else { return .absent }
        let ids = String(decoding: list.body, as: UTF8.self).matches(of: /<Name>([^<]*)<\/Name>/).map { String($0.1) }
        let content = try Self.found(await self.storage(.GET, path))
        let text = content.map { String(decoding: $0.body, as: UTF8.self) } ?? ""
        return ClientMemory.Seen(
            words: "\(ids.joined(separator: ","))|\(text)",
            etag: content?.headers.first(name: "ETag")
        )
    }

    private func lookAtContainer(_ name: String) async throws -> ClientMemory.Seen {
        guard let reply = try Self.found(await self.storage(.GET, "\(name)?restype=container&comp=metadata"))
        else { return .absent }
        return ClientMemory.Seen(
            words: "note \(reply.headers.first(name: "x-ms-meta-note") ?? "")",
            etag: reply.headers.first(name: "ETag")
        )
    }

    /// The age that the account's rule for requests across origins has.
    private func lookAtSettings() async throws -> ClientMemory.Seen {
        let reply = try Self.accepted(await self.storage(.GET, "?restype=service&comp=properties"))
        let text = String(decoding: reply.body, as: UTF8.self)
        guard let age = text.firstMatch(of: /<MaxAgeInSeconds>(\d+)</) else { return .absent }
        return ClientMemory.Seen(words: String(age.1))
    }

    private func lookAtTags(_ name: String) async throws -> ClientMemory.Seen {
        let reply = try Self.accepted(await self.manage(.GET, Self.instance(name)))
        let note = try JSONParser.parse(reply.body).value["tags"]?["note"]?.string
        return note.map { ClientMemory.Seen(words: $0) } ?? .absent
    }

    /// Whether an instance is deleted, or being deleted; one that is there, or coming back, is not.
    private func lookAtDeletion(_ name: String) async throws -> ClientMemory.Seen {
        if let reply = try Self.found(await self.manage(.GET, Self.instance(name))) {
            let state = try JSONParser.parse(reply.body).value["properties"]?["provisioningState"]?.string
            return state == "Terminating" ? ClientMemory.Seen(words: "deleted") : .absent
        }
        let list = try Self.accepted(await self.manage(.GET, Self.deletedServices))
        let deleted = try JSONParser.parse(list.body).value["value"]?.array ?? []
        return ClientMemory.Seen(words: deleted.contains { $0["name"]?.string == name } ? "deleted" : "purged")
    }

    /// An accepted backup is in the emulator's account; once it has ended, its blob is there and stays the same.
    private func lookAtBackup(_ name: String) async throws -> ClientMemory.Seen {
        let reply = try await self.client.send(.GET, "\(self.admin)/_emulator/backups")
        let account = try JSONParser.parse(reply.body).value.array ?? []
        guard let backup = account.first(where: { $0["blob"]?.string == name }) else { return .absent }
        guard backup["outcome"]?.string == "succeeded" else { return ClientMemory.Seen(words: "accepted") }
        let blob = try await self.storage(.HEAD, "apim-backups/\(name)")
        guard blob.status == 200 else { return ClientMemory.Seen(words: "ended without a blob") }
        return ClientMemory.Seen(words: "accepted", etag: blob.headers.first(name: "ETag"))
    }
}
