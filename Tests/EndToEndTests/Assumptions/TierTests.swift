import BackupDomain
import Foundation
import Testing

@Suite("Whatever tiers Azure backs up", .tags(.assumption), .narrow, .timeLimit(.minutes(5)))
struct TierTests {
    @Test(arguments: Ledger.answers(to: "isolated-tier"))
    func `Azure decides on a tier that no document names`(_ answer: String) async throws {
        let world = #"{"instances": [{"name": "contoso-apim", "resourceGroup": "rg-apim", "tier": "Isolated"}]}"#
        try await LocalAzure.with(world: world, assuming: [answer]) { azure in
            let run = await azure.backUp()
            try await azure.expectSafe(run)
            guard answer == "isolated-tier=accepted" else {
                #expect(run.code == 1, "\(run.everything)")
                let error = try #require(run.summary?["error"])
                #expect(error["azure"]?["code"]?.string == "MethodNotAllowedInPricingTier", "\(run.everything)")
                return
            }
            #expect(run.summary?["outcome"]?.string == "verified", "\(run.everything)")
        }
    }
}
