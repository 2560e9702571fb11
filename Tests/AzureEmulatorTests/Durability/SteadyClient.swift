import EmulatorRuntime
import Foundation
import NIOHTTP1
import Testing

/// A client that changes things of its own, and knows after a crash what must be there.
actor SteadyClient {
    /// Tells its things from those of others.
    let number: Int
    private let instance: String
    private var random: SeededGenerator
    var memory = ClientMemory()
    /// How many changes it has tried, for contents that differ.
    private(set) var count = 0

    init(number: Int, instance: String, seed: UInt64) {
        self.number = number
        self.instance = instance
        self.random = SeededGenerator(seed: seed &* 31 &+ UInt64(number))
    }

    /// Changes things until the process no longer answers.
    func work(at azure: AzureSession, before each: @Sendable () -> Void) async throws {
        while true {
            each()
            self.count += 1
            do {
                try await self.change(azure)
            } catch is AzureSession.Refused {
                self.memory.refused()
            } catch is ExpectationFailedError {
                throw CancellationError()
            } catch {
                return
            }
        }
    }

    private func change(_ azure: AzureSession) async throws {
        let slot = Int.random(in: 0..<4, using: &self.random)
        switch Int.random(in: 0..<18, using: &self.random) {
        case 0...2: try await self.writeBlob("blob/c\(self.number)-\(slot)", azure)
        case 3: try await self.describeBlob("blob/c\(self.number)-\(slot)", azure)
        case 4: try await self.deleteBlob("blob/c\(self.number)-\(slot)", azure)
        case 5, 6: try await self.leaseBlob("blob/c\(self.number)-\(slot)", azure)
        case 9: try await self.undeleteBlob("blob/c\(self.number)-\(slot)", azure)
        case 10, 11: try await self.stageBlock("blocks/b\(self.number)-\(slot)", azure)
        case 12: try await self.commitBlocks("blocks/b\(self.number)-\(slot)", azure)
        case 13, 14: try await self.changeContainer("container/c\(self.number)-\(slot)", azure)
        case 15: try await self.changeSettings(azure)
        case 16: try await self.tag(self.instance, azure)
        case 17: try await self.deleteOrRecover("spare-\(self.number)", azure)
        case 7:
            try await self.toggle("roleAssignments", "0000000\(slot)-0000-4000-8000-00000000000\(self.number)", azure)
        case 8: try await self.toggle("locks", "lock-\(self.number)-\(slot)", azure)
        default: try await self.backUp(azure)
        }
    }

    private func headers(of blob: String) -> [(String, String)] {
        self.memory.leases[blob].map { [("x-ms-lease-id", $0)] } ?? []
    }

    private func words(of blob: String) -> (content: String, note: String, lease: String)? {
        let parts = self.memory.seen(blob).words.split(separator: "|", omittingEmptySubsequences: false).map(
            String.init
        )
        return parts.count == 3 ? (parts[0], parts[1], parts[2]) : nil
    }

    private func writeBlob(_ blob: String, _ azure: AzureSession) async throws {
        self.memory.bury(blob, nil)
        let content = String(repeating: "\(self.number).\(self.count) ", count: 1 + self.count % 300)
        let lease = self.words(of: blob)?.lease ?? "available"
        self.memory.ask(blob, "\(content)|n\(self.count)|\(lease)", lease: self.memory.leases[blob])
        let headers = [("x-ms-blob-type", "BlockBlob"), ("x-ms-meta-note", "n\(self.count)")]
        let reply = try await azure.blob(.PUT, blob, headers + self.headers(of: blob), body: content)
        self.memory.confirm(etag: reply.headers.first(name: "ETag"))
    }

    private func describeBlob(_ blob: String, _ azure: AzureSession) async throws {
        guard let words = self.words(of: blob) else { return try await self.writeBlob(blob, azure) }
        self.memory.ask(blob, "\(words.content)|m\(self.count)|\(words.lease)", lease: self.memory.leases[blob])
        let headers = [("x-ms-meta-note", "m\(self.count)")]
        let reply = try await azure.blob(.PUT, "\(blob)?comp=metadata", headers + self.headers(of: blob))
        self.memory.confirm(etag: reply.headers.first(name: "ETag"))
    }

    private func deleteBlob(_ blob: String, _ azure: AzureSession) async throws {
        guard let words = self.words(of: blob) else { return try await self.writeBlob(blob, azure) }
        let etag = self.memory.seen(blob).etag
        self.memory.ask(blob, "absent")
        _ = try await azure.blob(.DELETE, blob, self.headers(of: blob))
        self.memory.confirm(etag: nil)
        self.memory.bury(blob, ClientMemory.Seen(words: "\(words.content)|\(words.note)|available", etag: etag))
    }

    /// Brings back a blob that was deleted, as it was but for its lease.
    private func undeleteBlob(_ blob: String, _ azure: AzureSession) async throws {
        guard let grave = self.memory.grave(of: blob) else { return try await self.deleteBlob(blob, azure) }
        self.memory.ask(blob, grave.words)
        _ = try await azure.blob(.PUT, "\(blob)?comp=undelete")
        self.memory.confirm(etag: grave.etag)
        self.memory.bury(blob, nil)
    }

    private func leaseBlob(_ blob: String, _ azure: AzureSession) async throws {
        guard let words = self.words(of: blob) else { return try await self.writeBlob(blob, azure) }
        let etag = self.memory.seen(blob).etag
        if let held = self.memory.leases[blob] {
            self.memory.ask(blob, "\(words.content)|\(words.note)|available")
            _ = try await azure.blob(
                .PUT,
                "\(blob)?comp=lease",
                [("x-ms-lease-action", "release"), ("x-ms-lease-id", held)]
            )
        } else {
            let suffix = String(1_000_000 + self.count).suffix(6)
            let id = "0000000\(self.number)-0000-4000-8000-000000\(suffix)"
            self.memory.ask(blob, "\(words.content)|\(words.note)|leased", lease: id)
            let acquire = [("x-ms-lease-action", "acquire"), ("x-ms-lease-duration", "-1")]
            _ = try await azure.blob(.PUT, "\(blob)?comp=lease", acquire + [("x-ms-proposed-lease-id", id)])
        }
        self.memory.confirm(etag: etag)
    }

    /// Makes a role assignment or a lock, or removes it where it is there.
    private func toggle(_ type: String, _ name: String, _ azure: AzureSession) async throws {
        let thing = "\(type)/\(name)"
        let isThere = self.memory.seen(thing) != .absent
        self.memory.ask(thing, isThere ? "absent" : "present")
        _ = try await azure.authorization(isThere ? .DELETE : .PUT, thing, owner: name)
        self.memory.confirm(etag: nil)
    }

    private func backUp(_ azure: AzureSession) async throws {
        let thing = "backup/c\(self.number)-\(self.count).apimbackup"
        self.memory.ask(thing, "accepted")
        try await azure.backUp(self.instance, String(thing.dropFirst("backup/".count)))
        self.memory.confirm(etag: nil)
    }

    /// After a restart: looks at everything.
    ///
    /// - Returns: What is not as it was answered.
    func differences(at azure: AzureSession) async throws -> [String] {
        var differences: [String] = []
        for thing in self.memory.things {
            let found = try await azure.look(at: thing)
            if let difference = self.memory.compare(thing, with: found) { differences.append(difference) }
        }
        self.memory.settle()
        return differences
    }

    /// The kinds of things that it has changed.
    var kindsChanged: Set<Substring> { Set(self.memory.answered.keys.map { $0.prefix { $0 != "/" } }) }

    /// How many things are there, for a test that must not be about nothing.
    var thingsThere: Int { self.memory.answered.values.count { $0 != .absent } }
}
