using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Credence.Files.Sources;

/// <summary>Produces items on another thread, ahead of their consumer.</summary>
internal static class Prefetch
{
    private const int Ahead = 2;

    /// <summary>The items in order; an exception of the producer is thrown in place of the next item.</summary>
    /// <param name="make">Produces them, until its token is cancelled.</param>
    /// <param name="cancellationToken">Cancels both sides.</param>
    public static IEnumerable<T> Run<T>(Func<CancellationToken, IEnumerable<T>> make, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var items = new BlockingCollection<T>(Ahead);
        ExceptionDispatchInfo? failure = null;
        CancellationToken token = stop.Token;
        Task maker = Task.Factory.StartNew(
            () =>
            {
                try
                {
                    foreach (T item in make(token))
                        items.Add(item, token);
                }
                catch (Exception error)
                {
                    failure = ExceptionDispatchInfo.Capture(error);
                }
                finally
                {
                    items.CompleteAdding();
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        try
        {
            foreach (T item in items.GetConsumingEnumerable(cancellationToken))
                yield return item;
        }
        finally
        {
            stop.Cancel();
            maker.Wait(CancellationToken.None);
        }

        failure?.Throw();
    }
}
