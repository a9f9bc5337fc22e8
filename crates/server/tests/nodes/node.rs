//! The processes: started, killed at random, started again.

use super::site::Site;
use std::{
    fs::File,
    ops::RangeInclusive,
    process::Stdio,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
    sync::oneshot,
    task::JoinHandle,
};

/// How long a node may take until it is ready.
const START: Duration = Duration::from_secs(30);

/// Where the nodes listen now; a node that was killed stands here until it is back.
pub(crate) type Addresses = Arc<Mutex<Vec<String>>>;

struct Node {
    command: Command,
    process: Child,
}

pub(crate) struct Nodes {
    nodes: Vec<Node>,
    addresses: Addresses,
    /// How often one was killed.
    pub(crate) kills: usize,
    /// How often one was ready again after that.
    pub(crate) healthy: usize,
}

impl Nodes {
    /// Starts so many at once.
    pub(crate) async fn start(site: &Site, count: usize) -> Self {
        let addresses = Addresses::default();
        let mut nodes = Vec::new();
        for number in 0..count {
            let mut command = site.program();
            let log = File::create(site.at(&format!("log-{number}"))).unwrap();
            command.arg("serve").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log).kill_on_drop(true);
            let process = command.spawn().unwrap();
            nodes.push(Node { command, process });
        }
        for node in &mut nodes {
            let address = ready(&mut node.process).await.expect("a node starts");
            addresses.lock().unwrap().push(address);
        }
        Self { nodes, addresses, kills: 0, healthy: 0 }
    }

    pub(crate) fn addresses(&self) -> Addresses {
        self.addresses.clone()
    }

    /// Kills one after each pause, of so many milliseconds, and starts it again, until told to stop.
    pub(crate) fn kill_now_and_then(mut self, pause: RangeInclusive<u64>) -> Killer {
        let (stop, mut stopped) = oneshot::channel();
        let task = tokio::spawn(async move {
            loop {
                let spread = pause.end() - pause.start() + 1;
                let pause =
                    Duration::from_millis(pause.start() + u64::from(getrandom::u32().unwrap()) % spread);
                tokio::select! {
                    _ = &mut stopped => return self,
                    () = tokio::time::sleep(pause) => self.kill_one().await,
                }
            }
        });
        Killer { stop, task }
    }

    async fn kill_one(&mut self) {
        let victim = usize::try_from(getrandom::u32().unwrap()).unwrap() % self.nodes.len();
        let node = &mut self.nodes[victim];
        // SIGKILL: it can do nothing more.
        node.process.kill().await.unwrap();
        self.kills += 1;
        tokio::time::sleep(Duration::from_millis(u64::from(getrandom::u32().unwrap() % 800))).await;
        node.process = node.command.spawn().unwrap();
        if let Some(address) = ready(&mut node.process).await {
            self.addresses.lock().unwrap()[victim] = address;
            self.healthy += 1;
        }
    }
}

/// Its address, once it says that it is ready and can answer requests.
async fn ready(process: &mut Child) -> Option<String> {
    let began = Instant::now();
    let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
    let line = tokio::time::timeout(START, lines.next_line()).await.ok()?.ok()??;
    let address = line.strip_prefix("ready at ")?.to_owned();
    while began.elapsed() < START {
        let answer = super::ask::client().get(format!("{address}/readyz")).send().await;
        if answer.is_ok_and(|answer| answer.status().is_success()) {
            return Some(address);
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    None
}

/// Who kills.
pub(crate) struct Killer {
    stop: oneshot::Sender<()>,
    task: JoinHandle<Nodes>,
}

impl Killer {
    /// Ends it, and gives the nodes back, all of them running.
    pub(crate) async fn stop(self) -> Nodes {
        // Who is gone already has nothing to be told.
        let _ = self.stop.send(());
        self.task.await.unwrap()
    }
}
