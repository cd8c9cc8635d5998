//! The limits on work and on waiting, and cancelled callers.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
        mpsc,
    },
    time::Duration,
};

use tokio::task::JoinHandle;

use super::{Tested, cheap};
use crate::password::{PasswordError, Passwords, engine::Engine, lanes::Share};

/// Work that reports its start and ends on a signal.
pub(super) struct Held {
    task: JoinHandle<Result<(), PasswordError>>,
    started: mpsc::Receiver<()>,
    end: mpsc::Sender<()>,
}

impl Held {
    pub(super) fn new(passwords: &Passwords) -> Self {
        let (start, started) = mpsc::channel();
        let (end, ended) = mpsc::channel::<()>();
        let passwords = passwords.clone();
        let task = tokio::spawn(async move {
            let work = move |_: &Engine| {
                start.send(()).map_err(|_| PasswordError::Failed)?;
                ended.recv().map_err(|_| PasswordError::Failed)
            };
            passwords.0.run(Share::Common, work).await
        });
        Self { task, started, end }
    }

    /// Lets other tasks run until the work has started.
    pub(super) async fn running(self) -> Tested<Self> {
        for _ in 0..5_000 {
            if self.started.try_recv().is_ok() {
                return Ok(self);
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        Err("did not start".into())
    }

    async fn waiting(self) -> Self {
        for _ in 0..10 {
            tokio::task::yield_now().await;
        }
        self
    }
}

#[tokio::test]
async fn a_full_queue_refuses_at_once() -> Tested {
    let passwords = Passwords::new(cheap()?.concurrency(1).queue(1));
    let first = Held::new(&passwords).running().await?;
    let second = Held::new(&passwords).waiting().await;
    assert_eq!(passwords.hash("secret").await, Err(PasswordError::Busy));
    assert_eq!(passwords.verify("secret", None).await, Err(PasswordError::Busy));
    assert_eq!(passwords.verify_and_update("secret", None).await, Err(PasswordError::Busy));
    first.end.send(())?;
    first.task.await??;
    second.end.send(())?;
    second.task.await??;
    assert!(passwords.hash("secret").await.is_ok());
    Ok(())
}

#[tokio::test]
async fn tasks_do_not_wait_without_a_queue() -> Tested {
    let passwords = Passwords::new(cheap()?.concurrency(0).queue(0));
    assert!(passwords.hash("secret").await.is_ok());
    let held = Held::new(&passwords).running().await?;
    assert_eq!(passwords.hash("secret").await, Err(PasswordError::Busy));
    held.end.send(())?;
    held.task.await??;
    Ok(())
}

#[tokio::test]
async fn a_cancelled_task_leaves_the_queue() -> Tested {
    let passwords = Passwords::new(cheap()?.concurrency(1).queue(1));
    let first = Held::new(&passwords).running().await?;
    let second = Held::new(&passwords).waiting().await;
    assert_eq!(passwords.hash("secret").await, Err(PasswordError::Busy));
    second.task.abort();
    assert!(second.task.await.is_err_and(|error| error.is_cancelled()));
    let third = Held::new(&passwords).waiting().await;
    first.end.send(())?;
    third.end.send(())?;
    third.task.await??;
    Ok(())
}

#[tokio::test]
async fn abandoned_work_still_counts() -> Tested {
    let passwords = Passwords::new(cheap()?.concurrency(1).queue(0));
    let held = Held::new(&passwords).running().await?;
    held.task.abort();
    assert!(held.task.await.is_err_and(|error| error.is_cancelled()));
    assert_eq!(passwords.hash("secret").await, Err(PasswordError::Busy));
    held.end.send(())?;
    for _ in 0..5_000 {
        if passwords.hash("secret").await.is_ok() {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    Err("the permit was lost".into())
}

#[tokio::test]
async fn no_more_tasks_run_at_once_than_are_allowed() -> Tested {
    let passwords = Passwords::new(cheap()?.concurrency(3));
    let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let tasks: Vec<_> = (0..30)
        .map(|_| {
            let (passwords, now, most) = (passwords.clone(), now.clone(), most.clone());
            let work = move |_: &Engine| {
                most.fetch_max(now.fetch_add(1, SeqCst) + 1, SeqCst);
                std::thread::sleep(Duration::from_millis(5));
                now.fetch_sub(1, SeqCst);
                Ok(())
            };
            tokio::spawn(async move { passwords.0.run(Share::Common, work).await })
        })
        .collect();
    for task in tasks {
        task.await??;
    }
    assert_eq!(most.load(SeqCst), 3);
    Ok(())
}

#[tokio::test]
async fn a_panic_gives_the_permit_back() -> Tested {
    let passwords = Passwords::new(cheap()?.concurrency(1).queue(0));
    let failed =
        passwords.0.run(Share::Common, |_| -> Result<(), _> { std::panic::resume_unwind(Box::new("work")) }).await;
    assert_eq!(failed, Err(PasswordError::Failed));
    assert!(passwords.hash("secret").await.is_ok());
    Ok(())
}
