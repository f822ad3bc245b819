import java.util.Arrays;
import java.util.List;
import org.codelibs.opensearch.runner.OpenSearchRunner;

/** One real node of OpenSearch until SIGTERM: {@code OpenSearchNode FOLDER NAME=VALUE…}; a list is NAME=VALUE,VALUE. */
public final class OpenSearchNode {
  private static final List<String> LISTS =
      List.of("discovery.seed_hosts", "cluster.initial_cluster_manager_nodes", "path.repo");

  private static final class Runner extends OpenSearchRunner {
    Runner() {
      maxHttpPort = -1; // otherwise it refuses ports above 9299
    }
  }

  private OpenSearchNode() {}

  public static void main(String[] arguments) throws Exception {
    Runner node = new Runner();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(node)));
    List<String> settings = Arrays.asList(arguments).subList(1, arguments.length);
    node.onBuild(
            (number, builder) -> {
              LISTS.forEach(builder::remove);
              builder.remove("cluster.initial_master_nodes"); // the same by its former name: both are refused
              for (String setting : settings) {
                String name = setting.substring(0, setting.indexOf('='));
                String value = setting.substring(name.length() + 1);
                if (LISTS.contains(name)) builder.putList(name, value.split(","));
                else builder.put(name, value);
              }
            })
        .build(OpenSearchRunner.newConfigs().basePath(arguments[0]).clusterName("brique-test").numOfNode(1));
    Thread.currentThread().join();
  }

  private static void close(Runner node) {
    try {
      node.close();
    } catch (Exception error) {
      error.printStackTrace();
    }
  }
}
