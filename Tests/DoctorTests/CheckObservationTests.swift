import BackupDomain
import Doctor
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite("What is remembered of findings")
struct CheckObservationTests {
    static func observation(_ check: CheckName, _ findings: [Finding]) -> CheckObservation? {
        Checkup.observations(findings).first { $0.check == check.rawValue }
    }

    static func finding(_ verdict: CheckVerdict, _ check: CheckName = .containers, mayPass: Bool = false) -> Finding {
        Finding(check: check.rawValue, verdict: verdict, text: "\(verdict)", remedy: "Mend it.", mayPass: mayPass)
    }

    @Test(arguments: [
        ([CheckVerdict.ok, .fault, .warning], CheckVerdict.fault), ([.ok, .warning, .notChecked], .warning),
        ([.ok, .notChecked], .notChecked), ([.ok, .ok], .ok),
    ])
    func `of several findings of a check the gravest counts`(_ verdicts: [CheckVerdict], _ wanted: CheckVerdict) {
        #expect(Self.observation(.containers, verdicts.map { Self.finding($0) })?.verdict == wanted)
    }

    @Test func `what may pass by itself is not looked at, and what is told already is left out`() {
        #expect(Self.observation(.instance, [Self.finding(.fault, .instance, mayPass: true)])?.verdict == .notChecked)
        #expect(Self.observation(.instance, [Self.finding(.fault, .instance)])?.verdict == .fault)
        #expect(Self.observation(.lastBackup, [Self.finding(.fault, .lastBackup)]) == nil)
        #expect(Self.observation(.notifications, [Self.finding(.warning, .notifications)]) == nil)
    }

    @Test func `a network that does not answer is no fault of the setup`() {
        let unreachable = BackupError(.unreachable, "No connection.")
        var examination = CheckTests.examination()
        examination.caller = Reading(unreachable)
        examination.instance = Reading(unreachable)
        examination.listing = Reading(unreachable)
        let findings = Checkup.findings(examination)
        // A person who asks is told.
        #expect(findings.contains { $0.check == "credential" && $0.verdict == .fault })
        #expect(Checkup.observations(findings).allSatisfy { $0.verdict == .notChecked || $0.verdict == .ok })
        examination.caller = Reading(BackupError(.credentialRejected, "The token was refused."))
        #expect(Self.observation(.credential, Checkup.findings(examination))?.verdict == .fault)
    }

    @Test func `warnings are told of what protects backups`() {
        let told = CheckName.allCases.filter {
            Self.observation($0, [Self.finding(.warning, $0)])?.tellsWarnings == true
        }
        #expect(told == [.roleWidth, .region, .firewall, .cors, .immutability, .softDelete, .rightToDelete])
    }
}

@Suite("Reads that instances share")
struct SharedReadingsTests {
    /// Answers everything, and counts.
    final class Plane: ResourcePlane {
        let calls = Mutex<[String]>([])
        let status: Int

        init(status: Int = 200) { self.status = status }

        func send(
            _ method: ResourceMethod,
            _ path: String,
            apiVersion: String,
            body: JSONValue?
        ) async throws -> ManagementAnswer {
            self.calls.withLock { $0.append("\(method.rawValue) \(path)") }
            return ManagementAnswer(status: self.status)
        }

        func list(_ path: String, apiVersion: String, filter: String?) async throws -> [JSONValue] {
            self.calls.withLock { $0.append("LIST \(path)") }
            return []
        }

        func operation(at location: String) async throws -> ManagementAnswer { ManagementAnswer(status: 200) }
    }

    static let account = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/a"
    static let instance = "/subscriptions/s/resourceGroups/g/providers/Microsoft.ApiManagement/service/i"

    @Test func `the account is asked for once in ten minutes, an instance each time`() async throws {
        let (plane, clock) = (Plane(), ManualClock())
        let shared = SharedReadings(plane, clock: clock)
        for _ in 0..<3 {
            _ = try await shared.send(.get, Self.account, apiVersion: "1", body: nil)
            _ = try await shared.send(.get, Self.instance, apiVersion: "1", body: nil)
            _ = try await shared.list("\(Self.account)/x", apiVersion: "1", filter: nil)
            _ = try await shared.list("\(Self.account)/x", apiVersion: "1", filter: "assignedTo('i')")
        }
        let counts = Dictionary(grouping: plane.calls.withLock(\.self), by: \.self).mapValues(\.count)
        #expect(counts == ["GET \(Self.account)": 1, "GET \(Self.instance)": 3, "LIST \(Self.account)/x": 4])
        clock.advance(by: .seconds(600))
        _ = try await shared.send(.get, Self.account, apiVersion: "1", body: nil)
        #expect(plane.calls.withLock { $0.count { $0 == "GET \(Self.account)" } } == 2)
    }

    @Test func `what was refused is asked for again, and a change is never remembered`() async throws {
        let refusing = Plane(status: 403)
        let shared = SharedReadings(refusing, clock: ManualClock())
        for _ in 0..<2 { _ = try await shared.send(.get, Self.account, apiVersion: "1", body: nil) }
        #expect(refusing.calls.withLock(\.count) == 2)
        let plane = Plane()
        let changing = SharedReadings(plane, clock: ManualClock())
        for _ in 0..<2 { _ = try await changing.send(.put, Self.account, apiVersion: "1", body: nil) }
        #expect(plane.calls.withLock(\.count) == 2)
    }
}
