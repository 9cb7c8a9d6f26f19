using System.Runtime.ExceptionServices;
using Credence.Numerics;

namespace Credence.Threading;

/// <summary>Numbered pieces of work on many threads that fail as they would one after the other: with the fault of the first piece that has
/// one, thrown as it is.</summary>
internal static class Pieces
{
    /// <summary>Calls <paramref name="body"/> for every number from 0 to <paramref name="pieces"/> − 1; those after a fault may be left
    /// out.</summary>
    /// <param name="pieces">The number of pieces.</param>
    /// <param name="maxThreads">The most threads to use, the caller's among them; 0 for one a core.</param>
    /// <param name="body">The work for one piece.</param>
    /// <param name="cancellationToken">Looked at before each piece.</param>
    public static void For(int pieces, int maxThreads, Action<int> body, CancellationToken cancellationToken = default)
    {
        var gate = new Lock();
        int first = int.MaxValue;
        ExceptionDispatchInfo? fault = null;
        Chunks.For(
            pieces,
            maxThreads,
            piece =>
            {
                if (piece > Volatile.Read(ref first))
                    return;

                try
                {
                    body(piece);
                }
                catch (Exception error) when (error is not OperationCanceledException)
                {
                    lock (gate)
                    {
                        if (piece < first)
                            (first, fault) = (piece, ExceptionDispatchInfo.Capture(error));
                    }
                }
            },
            cancellationToken);
        fault?.Throw();
    }
}
