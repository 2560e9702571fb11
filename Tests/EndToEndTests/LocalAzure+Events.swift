import AzureClient
import AzureEmulator
import BackupDomain
import Foundation
import HTTPTypes
import Testing

/// What tests wait for, in place of a time that is too short on a busy machine and too long on an idle one.
extension LocalAzure {
    /// A world whose backups end when the test says so.
    static let held = #"{"timings": {"backupSeconds": 604800}}"#

    /// Waits until something is so; the suite's limit of time ends what never comes.
    func until(_ condition: () async throws -> Bool) async throws {
        while try await !condition() { try await RealClock().sleep(for: .milliseconds(20)) }
    }

    /// Waits until so many backups have been accepted.
    func untilAccepted(_ count: Int = 1) async throws {
        try await self.until { try await self.accepted().count >= count }
    }

    /// Ends the backups that are under way.
    func endBackups() async throws {
        let url = try #require(URL(string: "\(self.ready.admin)/_emulator/backups/end"))
        #expect(try await PlainHTTP.send(.post, url).status == 200)
    }

    /// Works while backups are under way, and ends them, those that begin meanwhile too, once one has been asked for or polled.
    func endingBackupsOnceFollowed<Value: Sendable>(
        _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let before = try await self.followed()
        return try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await work() }
            group.addTask {
                try await self.until { try await self.followed() > before }
                while true {
                    try await self.endBackups()
                    try await RealClock().sleep(for: .milliseconds(200))
                }
            }
            defer { group.cancelAll() }
            while let value = try await group.next() {
                if let value { return value }
            }
            throw CancellationError()
        }
    }

    /// How many calls asked for a backup, or how one is getting on.
    private func followed() async throws -> Int {
        try await self.requests().filter { call in
            let path = call["path"]?.string ?? ""
            return path.contains("operationresults") || call["method"]?.string == "POST" && path.contains("/backup?")
        }.count
    }
}
