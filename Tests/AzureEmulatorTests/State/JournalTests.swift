import EmulatorRuntime
import Foundation
import Testing

@Suite("Journal")
struct JournalTests {
    private func entries(_ count: Int) -> [Data] { (0..<count).map { Data("entry \($0)\n\u{0}".utf8) } }

    private func file(_ folder: String) -> URL { URL(filePath: folder).appending(path: "j.journal") }

    @Test func `entries come back in order after a restart`() async throws {
        try await withTemporaryFolder { folder in
            let journal = try Journal(directory: folder, name: "j")
            for entry in self.entries(5) { try journal.append(entry) }
            #expect(try Journal(directory: folder, name: "j").replay() == self.entries(5))
        }
    }

    @Test func `wherever the last entry is torn, it alone is dropped, and the journal goes on`() async throws {
        try await withTemporaryFolder { folder in
            let whole = try Journal(directory: folder, name: "j")
            for entry in self.entries(3) { try whole.append(entry) }
            let content = try Data(contentsOf: self.file(folder))
            let start = try Self.length(of: 2, entries: self.entries(3), in: folder)
            for end in start..<content.count {
                try content.prefix(end).write(to: self.file(folder))
                let torn = try Journal(directory: folder, name: "j")
                #expect(try torn.replay() == self.entries(2))
                try torn.append(Data("new".utf8))
                #expect(try Journal(directory: folder, name: "j").replay() == self.entries(2) + [Data("new".utf8)])
            }
        }
    }

    private static func length(of count: Int, entries: [Data], in folder: String) throws -> Int {
        let journal = try Journal(directory: folder, name: "measure")
        for entry in entries.prefix(count) { try journal.append(entry) }
        return try Data(contentsOf: URL(filePath: folder).appending(path: "measure.journal")).count
    }

    @Test func `damage before the last entry stops the start`() async throws {
        try await withTemporaryFolder { folder in
            let journal = try Journal(directory: folder, name: "j")
            for entry in self.entries(3) { try journal.append(entry) }
            var content = try Data(contentsOf: self.file(folder))
            content[content.startIndex + 20] ^= 0xFF
            try content.write(to: self.file(folder))
            #expect(throws: JournalError.self) { try Journal(directory: folder, name: "j") }
        }
    }

    @Test func `compacting replaces everything, and appending goes on after it`() async throws {
        try await withTemporaryFolder { folder in
            let journal = try Journal(directory: folder, name: "j")
            for entry in self.entries(9) { try journal.append(entry) }
            try journal.compact(to: self.entries(1))
            try journal.append(Data("more".utf8))
            #expect(try Journal(directory: folder, name: "j").replay() == self.entries(1) + [Data("more".utf8)])
        }
    }

    @Test func `without a folder nothing is kept`() throws {
        let journal = try Journal(directory: nil, name: "j")
        try journal.append(Data("x".utf8))
        try journal.compact(to: [])
        #expect(try journal.replay().isEmpty)
    }
}
