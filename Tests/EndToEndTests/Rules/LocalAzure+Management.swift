import AzureClient
import AzureEmulator
import BackupDomain
import Foundation
import HTTPTypes
import Testing

extension LocalAzure {
    /// Calls the Resource Manager as the machine's identity, and returns the status.
    func manage(_ method: HTTPRequest.Method, _ path: String) async throws -> Int {
        try await self.send(
            method,
            "\(self.ready.resourceManager)\(path)?api-version=2024-05-01",
            audience: \.audience
        ).status
    }

    /// Makes a call, `METHOD PATH` of the Resource Manager or `METHOD URL` of the blob service, as the machine's identity.
    ///
    /// - Returns: The status, with the code of a refusal behind it.
    func answer(to call: String) async throws -> String {
        let parts = call.split(separator: " ", maxSplits: 1).map(String.init)
        let method = try #require(parts.first.flatMap(HTTPRequest.Method.init(rawValue:)))
        let target = try #require(parts.last)
        let isManagement = target.hasPrefix("/")
        let answer = try await self.send(
            method,
            isManagement ? "\(self.ready.resourceManager)\(target)?api-version=2024-05-01" : target,
            audience: isManagement ? \.audience : \.storageAudience
        )
        let body = try? JSONDecoder.stable().decode(JSONValue.self, from: answer.body)
        let code = answer.fields[text: "x-ms-error-code"] ?? body?["error"]?["code"]?.string
        return [String(answer.status), code].compactMap(\.self).joined(separator: " ")
    }

    /// Deletes a container of the built-in account, as the product never does.
    func deleteContainer(_ name: String) async throws {
        let url = "\(self.ready.blobEndpoint)/\(name)?restype=container"
        #expect(try await self.send(.delete, url, audience: \.storageAudience).status == 202)
    }

    /// Calls the Resource Manager as the machine's identity; an answer that is no success is a failure of the test.
    ///
    /// - Returns: The answer's body; null where it is empty.
    func resource(
        _ method: HTTPRequest.Method,
        _ path: String,
        version: String,
        body: String? = nil,
        ifMatch: String? = nil
    ) async throws -> JSONValue {
        let answer = try await self.send(
            method,
            "\(self.ready.resourceManager)\(path)?api-version=\(version)",
            body: body.map { Data($0.utf8) },
            ifMatch: ifMatch,
            audience: \.audience
        )
        let told = String(decoding: answer.body, as: UTF8.self)
        try #require((200..<300).contains(answer.status), "\(method) \(path): \(told)")
        return answer.body.isEmpty ? .null : try JSONDecoder.stable().decode(JSONValue.self, from: answer.body)
    }

    private func send(
        _ method: HTTPRequest.Method,
        _ address: String,
        body: Data? = nil,
        ifMatch: String? = nil,
        audience: @Sendable (Cloud) -> String
    ) async throws -> HTTPExchangeResponse {
        let environment = AzureEnvironment(self.environment)
        let url = try #require(URL(string: address))
        return try await AsyncHTTPTransport.with(environment) { transport in
            let cloud = try await Cloud.resolve(named: nil, environment: environment, transport: transport)
            let credential = try CredentialSource(
                environment: environment,
                cloud: cloud,
                transport: transport,
                clock: RealClock()
            ).credential("managed-identity")
            let token = try await credential.token(for: audience(cloud)).secret.reveal()
            var request = HTTPExchangeRequest(method: method, url: url, fields: [.authorization: "Bearer \(token)"])
            request.fields[text: "x-ms-version"] = "2023-11-03"
            request.fields[.ifMatch] = ifMatch
            if let body {
                request.fields[.contentType] = "application/json"
                request.body = body
            }
            return try await transport.send(request)
        }
    }
}
