import Foundation
import Testing

@testable import EmulatorBlobStorage

struct LeaseStateTests {
    enum Step: Sendable {
        case acquire(String, Int), renew(String), change(String, String), release(String), breakUp(Int?), wait(Int),
            write
    }

    struct Case: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var steps: [Step]
        var phase: LeaseState.Phase
        /// The code of the last step's refusal.
        var code: String?
        var id: String?
    }

    static let cases = [
        Case(testDescription: "begins available", steps: [], phase: .available),
        Case(testDescription: "is acquired", steps: [.acquire("a", 15)], phase: .leased, id: "a"),
        Case(
            testDescription: "is acquired again by its holder",
            steps: [.acquire("a", 15), .acquire("a", -1), .wait(99)],
            phase: .leased,
            id: "a"
        ),
        Case(
            testDescription: "is not acquired by another",
            steps: [.acquire("a", 15), .acquire("b", 15)],
            phase: .leased,
            code: "LeaseAlreadyPresent",
            id: "a"
        ),
        Case(
            testDescription: "lasts until its last second",
            steps: [.acquire("a", 15), .wait(14)],
            phase: .leased,
            id: "a"
        ),
        Case(testDescription: "expires", steps: [.acquire("a", 15), .wait(15)], phase: .expired, id: "a"),
        Case(
            testDescription: "never expires when infinite",
            steps: [.acquire("a", -1), .wait(100_000)],
            phase: .leased,
            id: "a"
        ),
        Case(
            testDescription: "is acquired by another after expiry",
            steps: [.acquire("a", 15), .wait(15), .acquire("b", 15)],
            phase: .leased,
            id: "b"
        ),
        Case(
            testDescription: "is renewed",
            steps: [.acquire("a", 15), .wait(14), .renew("a"), .wait(14)],
            phase: .leased,
            id: "a"
        ),
        Case(
            testDescription: "is renewed after expiry",
            steps: [.acquire("a", 15), .wait(30), .renew("a")],
            phase: .leased,
            id: "a"
        ),
        Case(
            testDescription: "is not renewed after expiry and a write",
            steps: [.acquire("a", 15), .wait(30), .write, .renew("a")],
            phase: .available,
            code: "LeaseIdMismatchWithLeaseOperation"
        ),
        Case(
            testDescription: "is not renewed by another",
            steps: [.acquire("a", 15), .renew("b")],
            phase: .leased,
            code: "LeaseIdMismatchWithLeaseOperation",
            id: "a"
        ),
        Case(
            testDescription: "is not renewed when available",
            steps: [.renew("a")],
            phase: .available,
            code: "LeaseIdMismatchWithLeaseOperation"
        ),
        Case(
            testDescription: "is not renewed when broken",
            steps: [.acquire("a", -1), .breakUp(0), .renew("a")],
            phase: .broken,
            code: "LeaseIsBrokenAndCannotBeRenewed",
            id: "a"
        ),
        Case(
            testDescription: "changes its id",
            steps: [.acquire("a", 15), .change("a", "b")],
            phase: .leased,
            id: "b"
        ),
        Case(
            testDescription: "may be told twice to change",
            steps: [.acquire("a", 15), .change("a", "b"), .change("a", "b")],
            phase: .leased,
            id: "b"
        ),
        Case(
            testDescription: "is not changed by another",
            steps: [.acquire("a", 15), .change("c", "b")],
            phase: .leased,
            code: "LeaseIdMismatchWithLeaseOperation",
            id: "a"
        ),
        Case(
            testDescription: "is not changed while breaking",
            steps: [.acquire("a", 60), .breakUp(30), .change("a", "b")],
            phase: .breaking,
            code: "LeaseIsBreakingAndCannotBeChanged",
            id: "a"
        ),
        Case(
            testDescription: "is not changed when available",
            steps: [.change("a", "b")],
            phase: .available,
            code: "LeaseNotPresentWithLeaseOperation"
        ),
        Case(testDescription: "is released", steps: [.acquire("a", 15), .release("a")], phase: .available),
        Case(
            testDescription: "is released after expiry",
            steps: [.acquire("a", 15), .wait(20), .release("a")],
            phase: .available
        ),
        Case(
            testDescription: "is not released by another",
            steps: [.acquire("a", 15), .release("b")],
            phase: .leased,
            code: "LeaseIdMismatchWithLeaseOperation",
            id: "a"
        ),
        Case(
            testDescription: "is not released when available",
            steps: [.release("a")],
            phase: .available,
            code: "LeaseIdMismatchWithLeaseOperation"
        ),
        Case(
            testDescription: "infinite breaks at once",
            steps: [.acquire("a", -1), .breakUp(nil)],
            phase: .broken,
            id: "a"
        ),
        Case(
            testDescription: "fixed breaks by what remains",
            steps: [.acquire("a", 60), .wait(40), .breakUp(nil), .wait(19)],
            phase: .breaking,
            id: "a"
        ),
        Case(
            testDescription: "is broken when the period ends",
            steps: [.acquire("a", 60), .breakUp(10), .wait(10)],
            phase: .broken,
            id: "a"
        ),
        Case(
            testDescription: "a longer period does not lengthen",
            steps: [.acquire("a", 60), .breakUp(10), .breakUp(60), .wait(10)],
            phase: .broken,
            id: "a"
        ),
        Case(
            testDescription: "a shorter period shortens",
            steps: [.acquire("a", 60), .breakUp(30), .breakUp(5), .wait(5)],
            phase: .broken,
            id: "a"
        ),
        Case(
            testDescription: "is not broken when available",
            steps: [.breakUp(nil)],
            phase: .available,
            code: "LeaseNotPresentWithLeaseOperation"
        ),
        Case(
            testDescription: "is not acquired while breaking",
            steps: [.acquire("a", 60), .breakUp(30), .acquire("a", 15)],
            phase: .breaking,
            code: "LeaseIsBreakingAndCannotBeAcquired",
            id: "a"
        ),
        Case(
            testDescription: "is not acquired by another while breaking",
            steps: [.acquire("a", 60), .breakUp(30), .acquire("b", 15)],
            phase: .breaking,
            code: "LeaseAlreadyPresent",
            id: "a"
        ),
        Case(
            testDescription: "is acquired when broken",
            steps: [.acquire("a", -1), .breakUp(0), .acquire("b", 15)],
            phase: .leased,
            id: "b"
        ),
        Case(
            testDescription: "broken becomes available by a write",
            steps: [.acquire("a", -1), .breakUp(0), .write],
            phase: .available
        ),
    ]

    @Test(arguments: cases)
    func moves(_ test: Case) {
        var now = Date(timeIntervalSince1970: 0)
        var lease = LeaseState.available
        var code: String?
        for step in test.steps {
            #expect(code == nil, "only the last step may fail")
            do throws(StorageError) {
                switch step {
                case .acquire(let id, let seconds): try lease.acquire(id: id, seconds: seconds, at: now)
                case .renew(let id): try lease.renew(id: id, at: now)
                case .change(let id, let proposed): try lease.change(id: id, to: proposed, at: now)
                case .release(let id): try lease.release(id: id)
                case .breakUp(let period): _ = try lease.break(period: period, at: now)
                case .wait(let seconds): now += TimeInterval(seconds)
                case .write: lease = lease.afterWrite(at: now)
                }
            } catch {
                code = error.code
            }
        }
        #expect(code == test.code)
        #expect(lease.phase(at: now) == test.phase)
        #expect(lease.id == test.id)
    }

    struct Use: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var steps: Int
        var id: String?
        var write: String?
        var read: String?
    }

    static let uses = [
        Use(testDescription: "available without an id", steps: 0),
        Use(
            testDescription: "available with an id",
            steps: 0,
            id: "a",
            write: "LeaseNotPresentWithBlobOperation",
            read: "LeaseNotPresentWithBlobOperation"
        ),
        Use(testDescription: "leased without an id", steps: 1, write: "LeaseIdMissing"),
        Use(testDescription: "leased with its id", steps: 1, id: "a"),
        Use(
            testDescription: "leased with another id",
            steps: 1,
            id: "b",
            write: "LeaseIdMismatchWithBlobOperation",
            read: "LeaseIdMismatchWithBlobOperation"
        ),
        Use(testDescription: "expired without an id", steps: 2),
        Use(testDescription: "expired with its id", steps: 2, id: "a", write: "LeaseLost", read: "LeaseLost"),
    ]

    @Test(arguments: uses)
    func guards(_ use: Use) throws {
        var lease = LeaseState.available
        let start = Date(timeIntervalSince1970: 0)
        if use.steps > 0 { try lease.acquire(id: "a", seconds: 15, at: start) }
        let now = use.steps > 1 ? start + 15 : start
        func code(_ body: () throws -> Void) -> String? {
            do { try body() } catch { return (error as? StorageError)?.code }
            return nil
        }
        #expect(code { try lease.checkWrite(id: use.id, on: .blob, at: now) } == use.write)
        #expect(code { try lease.checkRead(id: use.id, on: .blob, at: now) } == use.read)
    }
}
