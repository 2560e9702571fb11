/// A path and what answers there.
package struct HTTPRoute: Sendable {
    /// The path, such as `/livez`.
    package let path: String
    /// Makes the answer.
    package let respond: @Sendable () async -> HTTPPage

    /// Creates a route.
    ///
    /// - Parameters:
    ///   - path: The path, such as `/livez`.
    ///   - respond: Makes the answer; bounded in time by itself.
    package init(_ path: String, respond: @escaping @Sendable () async -> HTTPPage) {
        self.path = path
        self.respond = respond
    }
}

extension [HTTPRoute] {
    /// Answers a call: GET and HEAD of a known path, nothing else.
    ///
    /// - Parameters:
    ///   - method: The method, such as `GET`.
    ///   - target: The request's target; a query is of no account.
    /// - Returns: The page.
    package func page(_ method: String, _ target: String) async -> HTTPPage {
        let path = target.prefix { $0 != "?" }
        guard let route = self.first(where: { $0.path == path }) else {
            let paths = self.map(\.path).joined(separator: ", ")
            return HTTPPage(status: 404, body: "There is nothing here. There are \(paths).\n")
        }
        guard method == "GET" || method == "HEAD" else {
            return HTTPPage(status: 405, body: "Only GET and HEAD are answered.\n")
        }
        return await route.respond()
    }
}
