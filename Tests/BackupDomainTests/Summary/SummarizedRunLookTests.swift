import BackupDomain
import Foundation
import TestSupport
import Testing

@Suite("A look at a run's backup")
struct SummarizedRunLookTests {
    static let night = Date(timeIntervalSince1970: 1_795_482_000)

    struct Case: CustomTestStringConvertible {
        var testDescription: String
        /// The blob: its bytes and whether it has the version that was recorded; nil where it is gone.
        var blob: (bytes: Int, isSame: Bool)?
        var isRecorded = true
        var tier: String?
        var finding: VerificationFinding.Kind?
    }

    static let cases: [Case] = [
        Case(testDescription: "as it was", blob: (1000, true), finding: nil),
        Case(testDescription: "gone", blob: nil, finding: .vanished),
        Case(testDescription: "smaller", blob: (6, false), finding: .shrunken),
        Case(testDescription: "larger", blob: (2000, false), finding: .changed),
        Case(testDescription: "another version of the same size", blob: (1000, false), finding: .changed),
        Case(testDescription: "of one version and another size", blob: (999, true), finding: .shrunken),
        Case(testDescription: "emptied", blob: (0, false), finding: .shrunken),
        Case(testDescription: "in the tier Archive", blob: (1000, true), tier: "Archive", finding: .archived),
        Case(testDescription: "in another tier", blob: (1000, true), tier: "Cold", finding: nil),
        Case(
            testDescription: "written over, and in the tier Archive",
            blob: (6, false),
            tier: "Archive",
            finding: .shrunken
        ),
        Case(testDescription: "never seen, and there", blob: (6, false), isRecorded: false, finding: nil),
        Case(testDescription: "never seen, and empty", blob: (0, false), isRecorded: false, finding: .empty),
        Case(testDescription: "never seen, and not there", blob: nil, isRecorded: false, finding: .vanished),
    ]

    @Test(arguments: cases)
    func `tells what verify would`(_ test: Case) throws {
        var run = SummarizedRun(.sample(at: Self.night, bytes: 1000))
        let recorded = try #require(run.etag)
        if !test.isRecorded { (run.etag, run.bytes) = (nil, nil) }
        let name = try #require(run.backupName)
        let blob = test.blob.map { blob in
            BlobProperties(
                name: name,
                bytes: blob.bytes,
                etag: blob.isSame ? recorded : ETag("\"other\""),
                createdAt: nil,
                modifiedAt: nil,
                contentMD5: nil,
                accessTier: test.tier
            )
        }
        let finding = run.finding(of: blob.map { .present($0) } ?? .absent(date: nil), at: Self.night)
        #expect(finding?.kind == test.finding)
        #expect(finding?.now?.accessTier == (test.finding == .archived ? "Archive" : nil))
        #expect(finding?.now?.bytes == (finding == nil ? nil : blob?.bytes))
        #expect(finding?.was?.bytes == (finding == nil || !test.isRecorded ? nil : 1000))
        #expect(
            finding?.kind.standing == test.finding.map { $0 == .vanished ? SummarizedRun.Standing.vanished : .changed }
        )
    }
}
