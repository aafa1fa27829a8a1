/** The shards' gradients of four parameters, summed in their order. @param at in the first shard @param gradientsEnd behind the last one */
@inline
export function gradientSum(at: usize, shardStep: i32, gradientsEnd: usize): v128 {
  let gradient = v128.load(at);
  for (at += shardStep; at < gradientsEnd; at += shardStep) gradient = f32x4.add(gradient, v128.load(at));
  return gradient;
}
