import BackupDomain
import Foundation
import Serving
import Testing

@Suite("The pages of the daemon")
struct HTTPRouteTests {
    static let routes = [HTTPRoute("/livez") { HTTPPage(body: "live") }]

    @Test(arguments: [
        ("GET", "/livez", 200), ("HEAD", "/livez?verbose", 200), ("POST", "/livez", 405), ("GET", "/", 404),
        ("GET", "/livez/", 404), ("DELETE", "/other", 404),
    ])
    func `are answered to GET and HEAD only`(_ method: String, _ target: String, _ status: Int) async {
        #expect(await Self.routes.page(method, target).status == status)
    }

    @Test(arguments: [
        (Duration?.none, Duration.seconds(10), true), (nil, .seconds(700), false),
        (.seconds(299), .seconds(9000), true),
        (.seconds(661), .seconds(9000), false),
    ])
    func `say live while the scheduler looks`(_ age: Duration?, _ uptime: Duration, _ isLive: Bool) throws {
        let page = Liveness(tickAge: age, uptime: uptime, limit: .seconds(660)).page
        #expect(page.status == (isLive ? 200 : 503))
        #expect(page.body.contains("The scheduler has not looked for") != isLive, "\(page.body)")
    }

    @Test func `say ready where all resolves and answers, whatever was refused`() {
        func page(checked: Bool = true, unresolved: [Readiness.Unresolved] = [], reason: String? = nil) -> HTTPPage {
            Readiness(
                settings: .init(file: "a.yaml", loadedAt: Date(timeIntervalSince1970: 0), refused: "bad"),
                instances: 1,
                checked: checked,
                unresolved: unresolved,
                catalogs: [.init(place: "account/catalog", reason: reason)],
                nextAt: nil
            ).page
        }
        #expect(page().status == 200)
        #expect(page(checked: false).status == 503)
        #expect(page(unresolved: [.init(instance: "nobody", reason: "gone")]).status == 503)
        #expect(page(reason: "away").status == 503)
    }
}
