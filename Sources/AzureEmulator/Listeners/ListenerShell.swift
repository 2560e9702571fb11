import EmulatorRuntime
import Foundation
import HTTPTypes
import HummingbirdCore
import NIOCore
import NIOFoundationCompat
import NIOHTTP1

/// Between a socket and a service: reads the request to its end, has it answered, writes the answer.
struct ListenerShell: Sendable {
    let plan: ListenerPlan
    let host: ServedHost

    @concurrent
    func respond(
        to request: Request,
        writer: consuming ResponseWriter,
        channel: any Channel
    ) async throws {
        if request.headers[.expect]?.lowercased() == "100-continue" {
            try await writer.writeInformationalHead(HTTPResponse(status: .continue))
        }
        let (call, refusal) = try await self.read(request, channel: channel)
        let outcome = try await self.host.answer(call, refusal: refusal)
        guard let response = outcome.response else { return try await self.drop(channel) }
        try await self.write(response, to: call, limit: outcome.limit, writer: writer, channel: channel)
    }

    /// Reads the body, and finds what is wrong with the request's form; the answer to that is never 5xx.
    private func read(
        _ request: Request,
        channel: any Channel
    ) async throws -> (EmulatedRequest, EmulatedResponse?) {
        var refusal: EmulatedResponse?
        var body = Data()
        do {
            body = Data(buffer: try await request.body.collect(upTo: self.plan.bodyLimit))
        } catch is NIOTooManyBytesError {
            refusal = FaultAnswer.response(
                FaultEffect(code: "RequestBodyTooLarge", message: "The request body is too large."),
                status: 413,
                host: self.plan.host
            )
        }
        let target = RequestTarget(request.head.path ?? "/")
        if target == nil {
            refusal = FaultAnswer.response(
                FaultEffect(code: "InvalidUri", message: "The request's target is not a path."),
                status: 400,
                host: self.plan.host
            )
        }
        let scheme = self.plan.isSecure ? "https" : "http"
        let authority = request.head.authority.flatMap(Self.plain) ?? Self.address(of: channel)
        let call = EmulatedRequest(
            method: request.method,
            rawPath: target?.path ?? "/",
            rawQuery: target?.query ?? "",
            headers: request.headers,
            body: body,
            isSecure: self.plan.isSecure,
            origin: "\(scheme)://\(authority)",
            remoteAddress: channel.remoteAddress?.ipAddress ?? "127.0.0.1"
        )
        return (call, refusal)
    }

    /// A host that may be written back into an answer; anything strange is not.
    private static func plain(_ authority: String) -> String? {
        authority.wholeMatch(of: /[A-Za-z0-9.\-]+(:\d{1,5})?|\[[0-9A-Fa-f:]+\](:\d{1,5})?/) == nil ? nil : authority
    }

    private static func address(of channel: any Channel) -> String {
        "\(channel.localAddress?.ipAddress ?? "127.0.0.1"):\(channel.localAddress?.port ?? 0)"
    }

    private func drop(_ channel: any Channel) async throws {
        try await channel.close()
        throw CancellationError()
    }

    @concurrent
    private func write(
        _ response: EmulatedResponse,
        to call: EmulatedRequest,
        limit: Int?,
        writer: consuming ResponseWriter,
        channel: any Channel
    ) async throws {
        var head = HTTPResponse(status: response.status, headerFields: response.headers)
        let code = response.status.code
        let hasNoBody = call.method == .head || code == 204 || code == 304 || code < 200
        if head.headerFields[.contentLength] == nil, code != 204, code != 304 {
            head.headerFields[.contentLength] = String(response.body.count)
        }
        if hasNoBody { return try await writer.writeResponse(head) }
        guard let limit, limit < response.body.count else {
            return try await writer.write(
                response: head,
                body: ResponseBody(byteBuffer: ByteBuffer(data: response.body))
            )
        }
        var body = try await writer.writeHead(head)
        try await body.write(ByteBuffer(data: response.body.prefix(limit)))
        try await self.drop(channel)
    }
}
